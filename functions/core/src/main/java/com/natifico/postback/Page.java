package com.natifico.postback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items in the order of the list
 * @param next the position to go on from, or null when this was the last page. A page may hold
 *     fewer items than were asked for, even none, and still have a next one: a store bounds what it
 *     reads for one page.
 */
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }
}

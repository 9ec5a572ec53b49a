package com.natifico.postback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items in the order of the list
 * @param next the position to continue after; null for the last page. A page may have fewer items
 *     than requested, even none, and still have a next one: a store limits what it reads for one
 *     page.
 */
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }
}

package com.natifico.postback.contract.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next the cursor of the next page; null on the last one
 */
public record PageAnswer<T>(List<T> items, @Nullable String next) {
  /** A list that is one page. */
  public static <T> PageAnswer<T> whole(List<T> items) {
    return new PageAnswer<>(items, null);
  }
}

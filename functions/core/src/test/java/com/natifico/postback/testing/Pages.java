package com.natifico.postback.testing;

import com.natifico.postback.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pages of lists. */
public final class Pages {
  private Pages() {}

  /** The first {@code limit} items, with the last one's position if there are more. */
  static <T> Page<T> firstOf(Stream<T> items, int limit, Function<T, String> position) {
    List<T> found = items.limit(limit + 1L).toList();
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> page = found.subList(0, limit);
    return new Page<>(page, position.apply(page.getLast()));
  }

  /** The items of all pages, in order. */
  public static <T> List<T> all(Function<@Nullable String, Page<T>> read) {
    List<T> all = new ArrayList<>();
    String after = null;
    do {
      Page<T> page = read.apply(after);
      all.addAll(page.items());
      after = page.next();
    } while (after != null);
    return all;
  }
}

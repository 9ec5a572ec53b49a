package com.natifico.postback.directory;

import com.natifico.postback.Unavailable;
import com.natifico.postback.acceptance.Concurrently;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads something of many affiliates, a few at a time. */
final class CountedAffiliates {
  /** The reads at the same time; fewer than a client has connections. */
  private static final int PARALLEL = 20;

  private CountedAffiliates() {}

  private record Result<T>(@Nullable T value, @Nullable Unavailable refusal) {}

  /**
   * What the function reads, by affiliate.
   *
   * @throws Unavailable if one of the reads was refused
   */
  static <T> Map<String, T> count(
      List<String> affiliateIds, Concurrently concurrently, Function<String, T> read) {
    Map<String, T> values = new HashMap<>();
    for (int from = 0; from < affiliateIds.size(); from += PARALLEL) {
      List<String> some =
          affiliateIds.subList(from, Math.min(affiliateIds.size(), from + PARALLEL));
      List<Result<T>> results = concurrently.map(some, id -> result(read, id));
      for (int i = 0; i < some.size(); i++) {
        Result<T> result = results.get(i);
        if (result.refusal() != null) {
          throw result.refusal();
        }
        values.put(some.get(i), result.value());
      }
    }
    return values;
  }

  private static <T> Result<T> result(Function<String, T> read, String affiliateId) {
    try {
      return new Result<>(read.apply(affiliateId), null);
    } catch (Unavailable e) {
      return new Result<>(null, e);
    }
  }
}

package com.natifico.postback.statistics;

import java.util.HashMap;
import java.util.Map;

/**
 * A number for each key; a key that is absent has the number 0. Differences can be negative.
 *
 * @param counts without zeros
 */
public record Tally<K>(Map<K, Long> counts) {
  public Tally {
    Map<K, Long> present = new HashMap<>(counts);
    present.values().removeIf(count -> count == 0);
    counts = Map.copyOf(present);
  }

  static <K> Tally<K> none() {
    return new Tally<>(Map.of());
  }

  public long count(K key) {
    return counts.getOrDefault(key, 0L);
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  Tally<K> plus(Tally<K> other) {
    return plus(other, 1);
  }

  Tally<K> minus(Tally<K> other) {
    return plus(other, -1);
  }

  private Tally<K> plus(Tally<K> other, long factor) {
    Map<K, Long> sums = new HashMap<>(counts);
    other.counts.forEach((key, count) -> sums.merge(key, count * factor, Long::sum));
    return new Tally<>(sums);
  }
}

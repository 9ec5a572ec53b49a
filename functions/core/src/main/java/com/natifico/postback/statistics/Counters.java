package com.natifico.postback.statistics;

import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.Outcome;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The counters of any number of deliveries, or the difference between two of them.
 *
 * @param latencies of the attempts that made a request and that the log still has: a row keeps the
 *     first 8 and the last 24 attempts
 */
public record Counters(Tally<Counter> counts, LatencyHistogram latencies) {
  public static final Counters NONE = new Counters(Tally.none(), LatencyHistogram.NONE);

  /**
   * What one row of the log contributes: nothing while it is pending, or if it is a test or a
   * notification.
   */
  public static Counters of(Delivery delivery) {
    Counter state = Counter.of(delivery);
    if (state == null || delivery.callback().test() || delivery.callback().isNotification()) {
      return NONE;
    }
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    counts.put(state, 1L);
    counts.put(Counter.ATTEMPTS, (long) delivery.history().count());
    Map<Integer, Long> latencies = new HashMap<>();
    for (Attempt attempt : delivery.attempts()) {
      if (attempt.outcome() != Outcome.BLOCKED) {
        latencies.merge(LatencyHistogram.bucketOf(attempt.latency().totalMs()), 1L, Long::sum);
      }
    }
    return new Counters(new Tally<>(counts), new LatencyHistogram(new Tally<>(latencies)));
  }

  public long count(Counter counter) {
    return counts.count(counter);
  }

  /** Whether there is nothing to add. */
  public boolean isZero() {
    return counts.isEmpty() && latencies.buckets().isEmpty();
  }

  public Counters plus(Counters other) {
    return new Counters(counts.plus(other.counts), latencies.plus(other.latencies));
  }

  public Counters minus(Counters other) {
    return new Counters(counts.minus(other.counts), latencies.minus(other.latencies));
  }
}

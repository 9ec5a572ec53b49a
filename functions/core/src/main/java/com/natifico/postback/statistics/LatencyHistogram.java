package com.natifico.postback.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long attempts took. A bucket is at most 20 % wider than the one before it, and a percentile
 * is the middle of its bucket: exact up to 10 ms, and at most 10 % wrong up to a minute. All longer
 * latencies are in the last bucket; an attempt takes at most 16 seconds.
 *
 * @param buckets how many attempts are in each bucket, by its number from 0
 */
public record LatencyHistogram(Tally<Integer> buckets) {
  private static final int LONGEST_MS = 60_000;

  /** The highest latency of each bucket, in milliseconds. */
  private static final int[] LIMITS = limits();

  public static final LatencyHistogram NONE = new LatencyHistogram(Tally.none());

  private static int[] limits() {
    List<Integer> limits = new ArrayList<>();
    for (int limit = 1; limit < LONGEST_MS; limit = Math.max(limit + 1, limit * 6 / 5)) {
      limits.add(limit);
    }
    limits.add(LONGEST_MS);
    return limits.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The number of the bucket for a latency. */
  static int bucketOf(int ms) {
    int found = Arrays.binarySearch(LIMITS, ms);
    return Math.min(found < 0 ? -found - 1 : found, LIMITS.length - 1);
  }

  LatencyHistogram plus(LatencyHistogram other) {
    return new LatencyHistogram(buckets.plus(other.buckets));
  }

  LatencyHistogram minus(LatencyHistogram other) {
    return new LatencyHistogram(buckets.minus(other.buckets));
  }

  /**
   * The latency in milliseconds that this percentage of the attempts does not exceed; null without
   * attempts.
   *
   * @param percent above 0, at most 100
   */
  public @Nullable Integer percentile(int percent) {
    long total = buckets.counts().values().stream().mapToLong(Long::longValue).sum();
    long rank = Math.ceilDiv(total * percent, 100L);
    long seen = 0;
    for (var bucket : new TreeMap<>(buckets.counts()).entrySet()) {
      seen += bucket.getValue();
      if (seen >= rank) {
        return middle(bucket.getKey());
      }
    }
    return null;
  }

  private static int middle(int bucket) {
    int number = Math.min(bucket, LIMITS.length - 1);
    int lowest = number == 0 ? LIMITS[0] : LIMITS[number - 1] + 1;
    return (lowest + LIMITS[number]) / 2;
  }
}

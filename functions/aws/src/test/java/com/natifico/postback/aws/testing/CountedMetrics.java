package com.natifico.postback.aws.testing;

import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.aws.metric.Metrics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Metrics that a test can read. */
public final class CountedMetrics implements Metrics {
  private final Map<Metric, List<Long>> values = new EnumMap<>(Metric.class);
  private int flushes;

  @Override
  public synchronized void add(Metric metric, long value) {
    values.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value);
  }

  @Override
  public synchronized void flush() {
    flushes++;
  }

  public synchronized long sum(Metric metric) {
    return values(metric).stream().mapToLong(value -> value).sum();
  }

  public synchronized List<Long> values(Metric metric) {
    return List.copyOf(values.getOrDefault(metric, List.of()));
  }

  public synchronized int flushes() {
    return flushes;
  }
}

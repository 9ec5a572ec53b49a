package com.natifico.postback.simulation.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The values of all metrics, by the minute in which they were recorded. */
public final class MetricData {
  private final Map<MetricId, NavigableMap<Instant, List<Double>>> values = new HashMap<>();
  private final Instant start;
  private Instant publishedUntil = Instant.MAX;

  /**
   * @param start the beginning of the first minute
   */
  public MetricData(Instant start) {
    this.start = start;
  }

  /** Records a value; the end of a minute belongs to it. */
  public void add(MetricId metric, Instant at, double value) {
    long minutes = Math.max(0, Math.ceilDiv(Duration.between(start, at).toMillis(), 60_000L));
    values
        .computeIfAbsent(metric, _ -> new TreeMap<>())
        .computeIfAbsent(start.plus(Duration.ofMinutes(minutes)), _ -> new ArrayList<>())
        .add(value);
  }

  /** Hides the values of the minutes that end after this time. */
  public MetricData publishedBy(Instant time) {
    publishedUntil = time;
    return this;
  }

  /** The statistic of the period that ends at this time; empty if there are no values. */
  public OptionalDouble statistic(
      MetricId metric, Statistic statistic, Duration period, Instant end) {
    List<Double> inPeriod = new ArrayList<>();
    NavigableMap<Instant, List<Double>> all = values.get(metric);
    Instant known = end.isBefore(publishedUntil) ? end : publishedUntil;
    if (all != null && known.isAfter(end.minus(period))) {
      all.subMap(end.minus(period), false, known, true).values().forEach(inPeriod::addAll);
    }
    return inPeriod.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(statistic.of(inPeriod));
  }
}

package com.natifico.postback.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What AWS and the network do to the stack for a time or within bounds, as opposed to the faults of
 * single calls.
 */
record Conditions(Map<Outage, Window> outages, Map<Bound, Duration> bounds) {
  static final Conditions USUAL = new Conditions(Map.of(), Map.of());

  /** The affiliate whose partition key is hot. */
  static final String HOT_AFFILIATE = OutsideWorld.AFFILIATES.getFirst();

  Conditions with(Outage outage, Window window) {
    Map<Outage, Window> others = new EnumMap<>(Outage.class);
    others.putAll(outages);
    others.put(outage, window);
    return new Conditions(others, bounds);
  }

  Conditions with(Bound bound, Duration maximum) {
    Map<Bound, Duration> others = new EnumMap<>(Bound.class);
    others.putAll(bounds);
    others.put(bound, maximum);
    return new Conditions(outages, others);
  }

  Window window(Outage outage) {
    return outages.getOrDefault(outage, Window.NEVER);
  }

  /** Whether there is this outage now. */
  boolean has(Outage outage, Instant now) {
    return window(outage).covers(now);
  }

  /** The maximum; zero if it does not happen. */
  Duration maximum(Bound bound) {
    return bounds.getOrDefault(bound, Duration.ZERO);
  }

  /** The maximum difference between the clocks of two workers. */
  Duration clockDifference() {
    return maximum(Bound.CLOCK_SKEW).multipliedBy(2);
  }

  /** When all outages are over. */
  Instant end() {
    return outages.values().stream()
        .map(Window::until)
        .max(Instant::compareTo)
        .orElse(Window.NEVER.until());
  }
}

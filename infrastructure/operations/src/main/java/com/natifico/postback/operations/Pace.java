package com.natifico.postback.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/** Keeps reading below a number of read units a second, and counts what was read. */
final class Pace {
  /** DynamoDB on demand, us-east-1, list price of November 2026. */
  private static final double DOLLARS_PER_MILLION_UNITS = 0.125;

  /** An item of 1 KB read eventually consistently is an eighth of a unit. */
  private static final int SMALL_ITEMS_PER_UNIT = 8;

  /** Lets some time pass. */
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  private final double unitsPerSecond;
  private final InstantSource clock;
  private final Pause pause;
  private Instant free;
  private double units;

  Pace(double unitsPerSecond, InstantSource clock, Pause pause) {
    this.unitsPerSecond = unitsPerSecond;
    this.clock = clock;
    this.pause = pause;
    this.free = clock.instant();
  }

  /** How many items one request may look at, so that it alone stays near one second's units. */
  int itemsPerRequest() {
    return (int) Math.clamp(unitsPerSecond * SMALL_ITEMS_PER_UNIT, 1, 10_000);
  }

  /** Waits until the next request may be made. */
  void await() throws InterruptedException {
    Duration left = Duration.between(clock.instant(), free);
    if (left.isPositive()) {
      pause.of(left);
    }
  }

  /** Learns what a request has cost. */
  void read(ConsumedCapacity capacity) {
    units += capacity.capacityUnits();
    Instant now = clock.instant();
    Instant from = free.isAfter(now) ? free : now;
    free = from.plusNanos((long) (1e9 * capacity.capacityUnits() / unitsPerSecond));
  }

  double units() {
    return units;
  }

  double dollars() {
    return units * DOLLARS_PER_MILLION_UNITS / 1e6;
  }
}

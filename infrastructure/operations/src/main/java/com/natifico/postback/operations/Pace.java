package com.natifico.postback.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/** Limits the read units used per second, and counts them. */
public final class Pace {
  /** List price of DynamoDB on demand in us-east-1, November 2026. */
  private static final double DOLLARS_PER_MILLION_UNITS = 0.125;

  /** An eventually consistent read of a 1 KB item costs an eighth of a unit. */
  private static final int SMALL_ITEMS_PER_UNIT = 8;

  /** Waits for a duration. */
  public interface Pause {
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

  /**
   * The number of items that one request may read so that it uses about the units of one second.
   */
  int itemsPerRequest() {
    return (int) Math.clamp(unitsPerSecond * SMALL_ITEMS_PER_UNIT, 1, 10_000);
  }

  /** Waits until the next request is allowed. */
  void await() throws InterruptedException {
    Duration left = Duration.between(clock.instant(), free);
    if (left.isPositive()) {
      pause.of(left);
    }
  }

  /** Records the units that a request has used. */
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

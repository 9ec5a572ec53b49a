package com.natifico.postback.aws.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The real time plus a shift. ElasticMQ uses this clock when it delivers messages, but the system
 * clock when it stores them.
 */
public final class ShiftedClock implements InstantSource {
  private volatile Duration shift = Duration.ZERO;

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(shift);
  }

  public synchronized void advance(Duration by) {
    shift = shift.plus(by);
  }

  /** Resets to the real time, for a new queue. */
  public void reset() {
    shift = Duration.ZERO;
  }
}

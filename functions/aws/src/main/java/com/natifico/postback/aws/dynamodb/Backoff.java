package com.natifico.postback.aws.dynamodb;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Waits before an operation that failed because of a concurrent write is tried again. The waits
 * grow, and they are random so that two competing writers do not collide again.
 */
final class Backoff {
  /** With the waits below, about two seconds in total. */
  static final int TRIES = 10;

  private static final long FIRST_NANOS = Duration.ofMillis(20).toNanos();
  private static final long MAX_NANOS = Duration.ofMillis(400).toNanos();

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param tries the number of failed tries so far, from 1
   */
  void pause(int tries) {
    long max = Math.min(MAX_NANOS, FIRST_NANOS << Math.min(tries - 1, 10));
    LockSupport.parkNanos(random.nextLong(max / 4, max));
  }
}

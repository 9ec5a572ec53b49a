package com.natifico.postback.aws.dynamodb;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Waits before something is tried again that lost against somebody else: longer each time, and
 * never two of them equally long, or they would meet again.
 */
final class Backoff {
  /** With the waits below, some two seconds in all. */
  static final int TRIES = 10;

  private static final long FIRST_NANOS = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMillis(400).toNanos();

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param tries how many have failed, from 1
   */
  void pause(int tries) {
    long longest = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(tries - 1, 10));
    LockSupport.parkNanos(random.nextLong(longest / 4, longest));
  }
}

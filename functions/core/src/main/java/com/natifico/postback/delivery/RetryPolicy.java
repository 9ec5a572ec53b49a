package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of retries, spread at random.
 *
 * @param random safe for use by several threads
 */
public record RetryPolicy(RetrySchedule schedule, RandomGenerator random) {
  private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);

  private static final Duration MAX_BACKOFF = Duration.ofMinutes(5);

  /**
   * When the next attempt is made, to the millisecond.
   *
   * @param row before this attempt was recorded
   * @return null if there is none: delivered, failed for good, or the schedule or the limit of
   *     attempts is used up
   */
  @Nullable Instant next(Delivery row, MadeAttempt made) {
    boolean isLast =
        row.callback().test() || row.history().count() + 1 >= AttemptHistory.MAX_ATTEMPTS;
    RetrySchedule applied = isLast ? RetrySchedule.NONE : schedule;
    Instant next = applied.next(row, made.exchange(), made.endedAt(), random);
    return next == null ? null : next.truncatedTo(ChronoUnit.MILLIS);
  }

  /** When an attempt that does not count is repeated: after the wait of the next one. */
  Instant repeated(Delivery row, MadeAttempt made) {
    Instant next = schedule.next(row, made.exchange(), made.endedAt(), random);
    Instant soon = made.endedAt().plus(MAX_BACKOFF);
    return (next == null ? soon : next).truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * When to try again what a store refuses since that time: as long from now as it has been
   * refusing, at least a second and at most five minutes, and up to a fifth more.
   */
  Instant againAfterRefusal(Instant refusedSince, Instant now) {
    Duration refused = Duration.between(refusedSince, now);
    Duration wait =
        refused.compareTo(MIN_BACKOFF) < 0
            ? MIN_BACKOFF
            : refused.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : refused;
    return now.plus(wait).plus(jitter(wait.dividedBy(5))).truncatedTo(ChronoUnit.MILLIS);
  }

  /** A random time from 0 up to this one. */
  Duration jitter(Duration max) {
    return Duration.ofMillis((long) (max.toMillis() * random.nextDouble()));
  }
}

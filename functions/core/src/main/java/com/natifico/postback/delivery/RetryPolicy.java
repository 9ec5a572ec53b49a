package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of retries, with random jitter.
 *
 * @param random safe for use by several threads
 */
public record RetryPolicy(RetrySchedule schedule, RandomGenerator random) {
  private static final GrowingWait AFTER_REFUSAL =
      new GrowingWait(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private static final Duration MIN_HIDDEN = Duration.ofSeconds(45);
  private static final Duration MAX_HIDDEN = Duration.ofMinutes(30);

  private static final Duration REPEATED_AFTER = Duration.ofMinutes(5);

  /**
   * When the next attempt is made, in milliseconds.
   *
   * @param row before this attempt was recorded
   * @return null if there is none: the callback was delivered or failed permanently, or the
   *     schedule or the limit of attempts is exhausted
   */
  @Nullable Instant next(Delivery row, MadeAttempt made) {
    boolean isLast =
        row.callback().test() || row.history().count() + 1 >= AttemptHistory.MAX_ATTEMPTS;
    RetrySchedule applied = isLast ? RetrySchedule.NONE : schedule;
    Instant next = applied.next(row, made.exchange(), made.endedAt(), random);
    return next == null ? null : next.truncatedTo(ChronoUnit.MILLIS);
  }

  /** When an attempt that does not count is repeated. */
  Instant repeated(MadeAttempt made) {
    return spread(made.endedAt(), REPEATED_AFTER);
  }

  /**
   * When to try again after a store was unavailable: the wait equals the duration of the outage so
   * far, within one second and five minutes, plus up to a fifth.
   *
   * @param since since when the store has been unavailable; null if that starts now
   */
  Instant againAfterRefusal(@Nullable Instant since, Instant now) {
    return spread(now, AFTER_REFUSAL.next(since, now));
  }

  /**
   * How long a message is hidden that can neither be processed nor enqueued again: 45 s, doubled
   * with each receive up to half an hour, plus up to a fifth. The twenty receives of template.yaml
   * last for seven hours at least, and the message is received within 36 minutes after an outage.
   *
   * @param receives how often the message was received, from 1
   */
  Duration hiddenAfterRefusal(int receives) {
    Duration wait = MIN_HIDDEN;
    for (int i = 1; i < receives && wait.compareTo(MAX_HIDDEN) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    wait = wait.compareTo(MAX_HIDDEN) > 0 ? MAX_HIDDEN : wait;
    return wait.plus(jitter(wait.dividedBy(5)));
  }

  private Instant spread(Instant from, Duration wait) {
    return from.plus(wait).plus(jitter(wait.dividedBy(5))).truncatedTo(ChronoUnit.MILLIS);
  }

  /** A random duration from 0 to this maximum. */
  Duration jitter(Duration max) {
    return Duration.ofMillis((long) (max.toMillis() * random.nextDouble()));
  }
}

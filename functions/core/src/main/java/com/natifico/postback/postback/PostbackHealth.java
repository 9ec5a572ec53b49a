package com.natifico.postback.postback;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts the consecutive failed attempts of a postback. While there are no failures it is not
 * called: the first failure marks the postback, see {@link PostbackStatus.Active}, and only the
 * success of a marked postback is reported.
 *
 * <p>A streak belongs to one version of the postback, so that a change, a pause and a resumption
 * each start a new one.
 */
public interface PostbackHealth {
  /**
   * Consecutive failed attempts.
   *
   * @param attempts their number, including the last one
   * @param since when the first of them ended
   */
  record Streak(int attempts, Instant since) {
    private static final int ATTEMPTS = 20;
    private static final Duration SPREAD = Duration.ofHours(24);

    /** Whether there are enough attempts to pause the postback, regardless of the time. */
    public boolean hasEnoughAttempts() {
      return attempts >= ATTEMPTS;
    }

    /** Whether it is long enough to pause the postback as failing. */
    public boolean isTooLong(Instant now) {
      return hasEnoughAttempts() && !since.plus(SPREAD).isAfter(now);
    }
  }

  /**
   * Counts one more failed attempt.
   *
   * @param postback active, as it was when the attempt was made; it may come from a cache
   * @param at when the attempt ended
   * @return the streak including this attempt; null if the postback was deleted or changed, so that
   *     nothing was counted
   */
  @Nullable Streak failed(Postback postback, Instant at);

  /** Ends the streak. */
  void succeeded(Postback postback);
}

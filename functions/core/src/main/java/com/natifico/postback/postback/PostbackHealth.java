package com.natifico.postback.postback;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts the failed attempts of a postback in a row. While everything is well nobody asks it for
 * anything: the first failure marks the postback, see {@link PostbackStatus.Active}, and only the
 * success of a marked one is told.
 *
 * <p>Streaks belong to one version of the postback, so that a change, a pause and a resumption each
 * begin a new one.
 */
public interface PostbackHealth {
  /**
   * Failed attempts with no success in between.
   *
   * @param attempts how many, the last one included
   * @param since when the first of them ended
   */
  record Streak(int attempts, Instant since) {
    private static final int ATTEMPTS = 20;
    private static final Duration SPREAD = Duration.ofHours(24);

    /** Whether there are enough of them, be the time over or not. */
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
   * @param postback active, as it was when the attempt was made; a cached one is good enough
   * @param at when the attempt ended
   * @return the streak with it; null if there is no such postback any more or it has been changed,
   *     so that nothing was counted
   */
  @Nullable Streak failed(Postback postback, Instant at);

  /** Ends the streak. */
  void succeeded(Postback postback);
}

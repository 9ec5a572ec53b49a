package com.natifico.postback.postback;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts the consecutive failed attempts of a postback, and stores its endpoint's circuit. While
 * there are no failures it is not called: the first failure marks the postback, see {@link
 * PostbackStatus.Active}, and only the success of a marked postback is reported.
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
   * Counts failed attempts that ended at about the same time.
   *
   * @param postback active, as it was when the attempts were made; it may come from a cache
   * @param attempts their number, at least one
   * @param at when they ended
   * @return the streak including these attempts; null if the postback was deleted or changed, so
   *     that nothing was counted
   */
  @Nullable Streak failed(Postback postback, int attempts, Instant at);

  /** Ends the streak. */
  void succeeded(Postback postback);

  /**
   * Stores the state of the circuit, unless another worker has stored a different one. The version
   * of the postback stays the same.
   *
   * @param postback active, as it was read; it may come from a cache
   * @param expected the state that must be stored
   * @return the state that is stored now: {@code next}, or that of the other worker; null if the
   *     postback was deleted or changed, so that nothing was stored
   */
  @Nullable Circuit replaceCircuit(Postback postback, Circuit expected, Circuit next);
}

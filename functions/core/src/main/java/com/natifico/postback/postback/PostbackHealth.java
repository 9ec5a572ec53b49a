package com.natifico.postback.postback;

import java.time.Duration;
import java.time.Instant;

/**
 * Counts the failed attempts of a postback in a row. While everything is well nobody asks it for
 * anything: the first failure marks the postback as failing, and only the success of a marked one
 * is told.
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

    /** Whether it is long enough to pause the postback as failing (design, section 6). */
    public boolean isTooLong(Instant now) {
      return attempts >= ATTEMPTS && !since.plus(SPREAD).isAfter(now);
    }
  }

  /** Counts one more failed attempt, and gives the streak with it. */
  Streak failed(String affiliateId, String postbackId, Instant at);

  /** Ends the streak. */
  void succeeded(String affiliateId, String postbackId);
}

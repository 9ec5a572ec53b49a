package com.natifico.postback.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A postback's consecutive failed attempts, as they are stored.
 *
 * @param version the version of the postback that they belong to
 * @param since when the first of them ended
 */
public record StoredStreak(long version, int attempts, Instant since) {
  /**
   * From this number on, a postback is reported as failing: more than the retries of one callback
   * in the first minutes, and far fewer than the 20 attempts in 24 hours after which it is paused.
   */
  public static final int FAILING_ATTEMPTS = 5;

  /** Whether it is long enough to be reported. */
  boolean isFailing() {
    return attempts >= FAILING_ATTEMPTS;
  }

  /** Whether it continues an earlier state of itself, in which it was long enough already. */
  boolean wasFailing(@Nullable StoredStreak before) {
    return before != null
        && before.isFailing()
        && before.version == version
        && before.since.equals(since);
  }
}

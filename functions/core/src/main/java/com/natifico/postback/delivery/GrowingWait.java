package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The wait until a condition is checked again: as long as the condition has lasted, within these
 * limits. Repeated waits double.
 */
record GrowingWait(Duration min, Duration max) {
  /**
   * The next wait.
   *
   * @param since when the condition started; null if it starts now
   */
  Duration next(@Nullable Instant since, Instant now) {
    Duration lasted = since == null ? Duration.ZERO : Duration.between(since, now);
    if (lasted.compareTo(min) < 0) {
      return min;
    }
    return lasted.compareTo(max) > 0 ? max : lasted;
  }
}

package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for the end of something that lasts: as long as it has lasted, within these
 * limits. Repeated, the waits double.
 */
record GrowingWait(Duration min, Duration max) {
  /**
   * The next wait.
   *
   * @param since when it began; null if it begins now
   */
  Duration next(@Nullable Instant since, Instant now) {
    Duration lasted = since == null ? Duration.ZERO : Duration.between(since, now);
    if (lasted.compareTo(min) < 0) {
      return min;
    }
    return lasted.compareTo(max) > 0 ? max : lasted;
  }
}

package com.natifico.postback.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The exclusive right of one worker to make the next attempt, until this time at the latest. */
public record Lease(Instant until) {
  /** The lease of a stored row; null if it has none. */
  public static @Nullable Lease stored(@Nullable Instant until) {
    return until == null ? null : new Lease(until);
  }

  boolean isValid(Instant now) {
    return until.isAfter(now);
  }
}

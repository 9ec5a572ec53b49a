package com.natifico.postback.delivery;

import java.time.Instant;

/**
 * That an attempt is due and not made yet.
 *
 * @param since when it was deferred first
 */
public record Deferral(Instant since, Cause cause) {
  /** Why it was deferred last. */
  public enum Cause {
    /** Requests to its endpoint time out. */
    ENDPOINT,
    /** Almost no endpoint can be reached. */
    EGRESS
  }
}

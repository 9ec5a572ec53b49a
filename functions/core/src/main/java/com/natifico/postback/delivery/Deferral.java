package com.natifico.postback.delivery;

import java.time.Instant;

/**
 * Why and since when a due attempt is deferred.
 *
 * @param since when it was first deferred
 */
public record Deferral(Instant since, Cause cause) {
  /** The reason for the latest deferral. */
  public enum Cause {
    /** Requests to its endpoint take up too much time; see {@link Breaker}. */
    ENDPOINT,
    /** Almost no endpoint can be reached. */
    EGRESS,
    /** Its endpoint takes a limited number of requests; see {@link Pacing}. */
    PACE
  }
}

package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint takes one request.
 *
 * @param outcome as the transport tells it
 * @param httpStatus null if there was no response
 * @param arrives whether the endpoint has seen the request at all
 */
record Reply(
    Outcome outcome,
    @Nullable Integer httpStatus,
    Duration latency,
    @Nullable String retryAfter,
    boolean arrives) {
  /** The budget of an attempt. */
  static final Duration BUDGET = Duration.ofSeconds(10);

  private static final Duration USUAL = Duration.ofMillis(40);

  static Reply status(int status) {
    return status(status, null);
  }

  static Reply status(int status, @Nullable String retryAfter) {
    Outcome outcome =
        status < 300 ? Outcome.DELIVERED : status < 400 ? Outcome.REDIRECT : Outcome.HTTP_ERROR;
    return new Reply(outcome, status, USUAL, retryAfter, true);
  }

  /** The endpoint has got it, and does not answer in time. */
  static Reply timeout() {
    return new Reply(Outcome.TIMEOUT, null, BUDGET, null, true);
  }

  /** The endpoint has got it and cuts the connection. */
  static Reply reset() {
    return new Reply(Outcome.INVALID_RESPONSE, null, USUAL, null, true);
  }

  /** Not even sent: no address, no connection, no trust, or not allowed. */
  static Reply unsent(Outcome outcome) {
    return new Reply(outcome, null, USUAL, null, false);
  }

  Reply after(Duration latency) {
    return new Reply(outcome, httpStatus, latency, retryAfter, arrives);
  }

  boolean isDelivered() {
    return outcome == Outcome.DELIVERED;
  }
}

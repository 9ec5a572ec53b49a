package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint reacts to one request.
 *
 * @param outcome the outcome that the transport reports
 * @param httpStatus null if there was no response
 * @param arrives whether the request reaches the endpoint
 */
record Reply(
    Outcome outcome,
    @Nullable Integer httpStatus,
    Duration latency,
    @Nullable String retryAfter,
    boolean arrives) {
  /** The time limit of an attempt. */
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

  /** The endpoint receives the request and does not respond in time. */
  static Reply timeout() {
    return new Reply(Outcome.TIMEOUT, null, BUDGET, null, true);
  }

  /** The endpoint receives the request and closes the connection. */
  static Reply reset() {
    return new Reply(Outcome.INVALID_RESPONSE, null, USUAL, null, true);
  }

  /** The request is not sent: no address, no connection, no trusted certificate, or not allowed. */
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

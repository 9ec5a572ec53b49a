package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint reacts to one request.
 *
 * @param outcome the outcome that the log must show, according to the answer rules in {@link
 *     Drafts}
 * @param httpStatus null if there was no response
 * @param body what answer rules read
 * @param arrives whether the request reaches the endpoint
 */
record Reply(
    Outcome outcome,
    @Nullable Integer httpStatus,
    Duration latency,
    @Nullable String retryAfter,
    String body,
    boolean arrives) {
  /** The time limit of an attempt. */
  static final Duration BUDGET = Duration.ofSeconds(10);

  static final String REFUSED = "refused";
  static final String UNKNOWN = "unknown click";
  static final String LATER = "later";

  private static final Duration USUAL = Duration.ofMillis(40);

  static Reply status(int status) {
    return status(status, null);
  }

  static Reply status(int status, @Nullable String retryAfter) {
    Outcome outcome =
        status < 300 ? Outcome.DELIVERED : status < 400 ? Outcome.REDIRECT : Outcome.HTTP_ERROR;
    return new Reply(outcome, status, USUAL, retryAfter, "", true);
  }

  /** The endpoint receives the request and does not respond in time. */
  static Reply timeout() {
    return new Reply(Outcome.TIMEOUT, null, BUDGET, null, "", true);
  }

  /** The endpoint receives the request and closes the connection. */
  static Reply reset() {
    return new Reply(Outcome.INVALID_RESPONSE, null, USUAL, null, "", true);
  }

  /** The request is not sent: no address, no connection, no trusted certificate, or not allowed. */
  static Reply unsent(Outcome outcome) {
    return new Reply(outcome, null, USUAL, null, "", false);
  }

  /** The endpoint answers 200 and refuses the callback for good. */
  static Reply refusal() {
    return new Reply(Outcome.REJECTED, 200, USUAL, null, REFUSED, true);
  }

  /** The same because of the click id, which does not count towards pausing the postback. */
  static Reply unknownClick() {
    return new Reply(Outcome.REJECTED, 200, USUAL, null, UNKNOWN, true);
  }

  /** The endpoint answers 200 and asks to send the callback again. */
  static Reply deferral() {
    return new Reply(Outcome.DEFERRED_BY_RULE, 200, USUAL, null, LATER, true);
  }

  Reply after(Duration latency) {
    return new Reply(outcome, httpStatus, latency, retryAfter, body, arrives);
  }

  /** Whether it is a failure that counts towards pausing the postback. */
  boolean isCounted() {
    return !isDelivered() && !body.equals(UNKNOWN);
  }

  boolean isDelivered() {
    return outcome == Outcome.DELIVERED;
  }
}

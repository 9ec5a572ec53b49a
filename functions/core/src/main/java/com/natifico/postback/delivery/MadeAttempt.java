package com.natifico.postback.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that was made and must be recorded.
 *
 * @param at when it started, in milliseconds
 * @param forcedWebhookId its {@code webhook-id}; null if this was the delivery's id, as usual
 * @param lease under which it was made; null for a first attempt
 * @param egressDown whether almost no endpoint could be reached; a failure to reach this one then
 *     counts neither against the delivery's schedule nor against the postback
 */
public record MadeAttempt(
    Instant at,
    Instant endedAt,
    Transport.Exchange exchange,
    @Nullable String forcedWebhookId,
    @Nullable Lease lease,
    boolean egressDown) {
  /** With the delivery's id as {@code webhook-id}. */
  public MadeAttempt(
      Instant at,
      Instant endedAt,
      Transport.Exchange exchange,
      @Nullable Lease lease,
      boolean egressDown) {
    this(at, endedAt, exchange, null, lease, egressDown);
  }

  /** Whether it failed for a reason that counts neither against the delivery nor the postback. */
  boolean isUncounted() {
    return egressDown && exchange.outcome().isUnreached();
  }

  /** Whether the history already contains this attempt. */
  boolean isIn(AttemptHistory history) {
    return history.attempts().stream()
        .anyMatch(attempt -> attempt.at().equals(at) && attempt.result().equals(exchange.result()));
  }
}

package com.natifico.postback.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that was made and is to be recorded.
 *
 * @param at when it began, to the millisecond
 * @param lease under which it was made; null for a first attempt
 */
public record MadeAttempt(
    Instant at, Instant endedAt, Transport.Exchange exchange, @Nullable Lease lease) {
  /** Whether the history has this attempt already. */
  boolean isIn(AttemptHistory history) {
    return history.attempts().stream()
        .anyMatch(attempt -> attempt.at().equals(at) && attempt.result().equals(exchange.result()));
  }
}

package com.natifico.postback.conversion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A search for an affiliate's events.
 *
 * @param since inclusive, on the time of the claim; null for no bound
 * @param until exclusive, on the time of the claim; null for no bound
 * @param refId the click id; null for any
 */
public record EventQuery(
    @Nullable Instant since, @Nullable Instant until, @Nullable String refId, Order order) {

  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  public boolean matches(ConversionEvent event) {
    Instant claimedAt = event.id().claimedAt();
    return (since == null || !claimedAt.isBefore(since))
        && (until == null || claimedAt.isBefore(until))
        && (refId == null || refId.equals(event.conversion().fields().byName().get("ref_id")));
  }
}

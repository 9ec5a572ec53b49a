package com.natifico.postback.access;

import com.natifico.postback.conversion.StatusMap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a key may do.
 *
 * @param affiliateId the affiliate that the key is bound to; null for the other roles
 * @param statusMap what the network calls the statuses; empty for the other roles
 * @param bounds what the network's key is restricted to; nothing for the other roles
 * @param expiresAt the key is invalid from this time on; null if it does not expire
 */
public record Permissions(
    Role role,
    @Nullable String affiliateId,
    StatusMap statusMap,
    KeyBounds bounds,
    @Nullable Instant expiresAt) {
  /** Permissions without words for statuses, restrictions and end. */
  public Permissions(Role role, @Nullable String affiliateId) {
    this(role, affiliateId, StatusMap.NONE, KeyBounds.NONE, null);
  }

  boolean areValidAt(Instant time) {
    return (affiliateId != null) == (role == Role.AFFILIATE)
        && (expiresAt == null || time.isBefore(expiresAt));
  }
}

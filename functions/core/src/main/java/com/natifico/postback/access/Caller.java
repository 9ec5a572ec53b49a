package com.natifico.postback.access;

import com.natifico.postback.conversion.StatusMap;
import org.jspecify.annotations.Nullable;

/**
 * The caller, as the authorizer identified it.
 *
 * @param affiliateId the affiliate that the key is bound to; null for the other roles
 * @param statusMap what the network calls the statuses
 * @param bounds what the network's key is restricted to
 */
public record Caller(
    Role role, @Nullable String affiliateId, String keyId, StatusMap statusMap, KeyBounds bounds) {
  /** A caller without words of its own for statuses and without restrictions. */
  public Caller(Role role, @Nullable String affiliateId, String keyId) {
    this(role, affiliateId, keyId, StatusMap.NONE, KeyBounds.NONE);
  }
}

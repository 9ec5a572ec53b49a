package com.natifico.postback.access;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is stored: never the key itself.
 *
 * @param keyId derived from the hash, so that the row can be found with one read; reveals nothing
 *     about the key
 * @param hash SHA-256 of the key, lower-case hex. The keys have 160 random bits, so a plain hash
 *     cannot be searched and needs neither salt nor stretching.
 * @param lastUsedOn the last day in UTC on which the key was used; null if it never was
 */
public record ApiKey(
    String keyId,
    String hash,
    Permissions permissions,
    @Nullable String label,
    Instant createdAt,
    @Nullable LocalDate lastUsedOn) {
  /** A key without restrictions that was never used. */
  public ApiKey(
      String keyId,
      String hash,
      Role role,
      @Nullable String affiliateId,
      @Nullable String label,
      Instant createdAt) {
    this(keyId, hash, new Permissions(role, affiliateId), label, createdAt, null);
  }

  /** The same key with another label and other permissions. */
  public ApiKey with(@Nullable String otherLabel, Permissions otherPermissions) {
    return new ApiKey(keyId, hash, otherPermissions, otherLabel, createdAt, lastUsedOn);
  }

  /** The same key, used on this day. */
  public ApiKey usedOn(LocalDate day) {
    return new ApiKey(keyId, hash, permissions, label, createdAt, day);
  }
}

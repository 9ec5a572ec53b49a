package com.natifico.postback.access;

import org.jspecify.annotations.Nullable;

/** Identifies the owner of a key. Neither stores nor logs keys. Thread-safe. */
public final class Authentication {
  /** More characters than any valid key; longer keys are rejected without a read. */
  private static final int MAX_LENGTH = 128;

  private final KeyStore keys;
  private final @Nullable KeyHash bootstrapAdmin;

  /**
   * @param bootstrapAdmin the hash of an admin key that is not stored, for access to a new
   *     deployment; null for none
   */
  public Authentication(KeyStore keys, @Nullable KeyHash bootstrapAdmin) {
    this.keys = keys;
    this.bootstrapAdmin = bootstrapAdmin;
  }

  /**
   * The caller; null if the key does not exist or was revoked.
   *
   * @throws RuntimeException if the store is unavailable, because the key must then be neither
   *     accepted nor denied
   */
  public @Nullable Caller authenticate(String key) {
    if (key.isEmpty() || key.length() > MAX_LENGTH) {
      return null;
    }
    KeyHash hash = KeyHash.of(key);
    if (bootstrapAdmin != null && hash.matches(bootstrapAdmin.hex())) {
      return new Caller(Role.ADMIN, null, hash.keyId());
    }
    ApiKey stored = keys.find(hash.keyId());
    if (stored == null || !hash.matches(stored.hash())) {
      return null;
    }
    boolean bound = stored.affiliateId() != null;
    if (bound != (stored.role() == Role.AFFILIATE)) {
      return null;
    }
    return new Caller(stored.role(), stored.affiliateId(), stored.keyId());
  }
}

package com.natifico.postback.access;

import org.jspecify.annotations.Nullable;

/** Finds out who a key belongs to. Neither keeps nor logs a key. Thread-safe. */
public final class Authentication {
  /** Longer than any key of ours; what is longer is not worth a look-up. */
  private static final int LONGEST = 128;

  private final KeyStore keys;
  private final @Nullable KeyHash bootstrapAdmin;

  /**
   * @param bootstrapAdmin the hash of a key that is an admin's without being stored: the way into a
   *     fresh deployment; null for none
   */
  public Authentication(KeyStore keys, @Nullable KeyHash bootstrapAdmin) {
    this.keys = keys;
    this.bootstrapAdmin = bootstrapAdmin;
  }

  /**
   * Null for a key that nobody has, or no longer.
   *
   * @throws RuntimeException if the store does not answer: then nobody knows, and nobody may say no
   */
  public @Nullable Caller authenticate(String key) {
    if (key.isEmpty() || key.length() > LONGEST) {
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

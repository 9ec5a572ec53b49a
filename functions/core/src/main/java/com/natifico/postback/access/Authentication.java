package com.natifico.postback.access;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Identifies the owner of a key. Neither stores nor logs keys. Thread-safe. */
public final class Authentication {
  /** More characters than any valid key; longer keys are rejected without a read. */
  private static final int MAX_LENGTH = 128;

  private final KeyStore keys;
  private final @Nullable KeyHash bootstrapAdmin;
  private final InstantSource clock;
  private final BiConsumer<String, Throwable> log;

  /**
   * @param bootstrapAdmin the hash of an admin key that is not stored, for access to a new
   *     deployment; null for none
   * @param log receives failures to note that a key was used
   */
  public Authentication(
      KeyStore keys,
      @Nullable KeyHash bootstrapAdmin,
      InstantSource clock,
      BiConsumer<String, Throwable> log) {
    this.keys = keys;
    this.bootstrapAdmin = bootstrapAdmin;
    this.clock = clock;
    this.log = log;
  }

  /**
   * The caller; null if the key does not exist, was revoked or has expired.
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
    Permissions permissions = stored.permissions();
    Instant now = clock.instant();
    if (!permissions.areValidAt(now)) {
      return null;
    }
    markUsed(stored, LocalDate.ofInstant(now, ZoneOffset.UTC));
    return new Caller(
        permissions.role(),
        permissions.affiliateId(),
        stored.keyId(),
        permissions.statusMap(),
        permissions.bounds());
  }

  /** Writes once a day. A failure does not reject the request, because the key is valid. */
  private void markUsed(ApiKey key, LocalDate today) {
    LocalDate last = key.lastUsedOn();
    if (last != null && !last.isBefore(today)) {
      return;
    }
    try {
      keys.markUsed(key.keyId(), today);
    } catch (RuntimeException e) {
      log.accept("the day of a key's last use was not stored", e);
    }
  }
}

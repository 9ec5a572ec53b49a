package com.natifico.postback.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is stored: never the key itself.
 *
 * @param keyId derived from the hash, so that the row can be found with one read; reveals nothing
 *     about the key
 * @param hash SHA-256 of the key, lower-case hex. The keys have 160 random bits, so a plain hash
 *     cannot be searched and needs neither salt nor stretching.
 */
public record ApiKey(
    String keyId,
    String hash,
    Role role,
    @Nullable String affiliateId,
    @Nullable String label,
    Instant createdAt) {}

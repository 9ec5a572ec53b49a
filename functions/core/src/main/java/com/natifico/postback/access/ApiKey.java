package com.natifico.postback.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is stored: never the key itself.
 *
 * @param keyId derived from the hash, so that one look-up finds it; tells nothing about the key
 * @param hash SHA-256 of the key, lower-case hex. The keys are random with 160 bits, so a plain
 *     hash cannot be searched and needs no salt or stretching.
 */
public record ApiKey(
    String keyId,
    String hash,
    Role role,
    @Nullable String affiliateId,
    @Nullable String label,
    Instant createdAt) {}

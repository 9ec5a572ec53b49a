package com.natifico.postback.access;

import org.jspecify.annotations.Nullable;

/**
 * The caller, as the authorizer identified it.
 *
 * @param affiliateId the affiliate that the key is bound to; null for the other roles
 */
public record Caller(Role role, @Nullable String affiliateId, String keyId) {}

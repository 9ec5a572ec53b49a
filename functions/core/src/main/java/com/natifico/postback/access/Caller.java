package com.natifico.postback.access;

import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as the authorizer found out.
 *
 * @param affiliateId the affiliate that the key is bound to; null for the other roles
 */
public record Caller(Role role, @Nullable String affiliateId, String keyId) {}

package com.natifico.postback.postback;

/** Whose postback, and which. */
public record PostbackKey(String affiliateId, String postbackId) {}

package com.natifico.postback.postback;

/** The affiliate and the id of a postback. */
public record PostbackKey(String affiliateId, String postbackId) {}

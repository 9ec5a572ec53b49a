package com.natifico.postback.idempotency;

/**
 * A request that its client has named.
 *
 * @param owner whose names these are: an affiliate, or a word that cannot be an id
 * @param name unique among the owner's requests of a day
 * @param digest of the route and the content; requests with the same digest are equal
 */
public record NamedRequest(String owner, String name, String digest) {}

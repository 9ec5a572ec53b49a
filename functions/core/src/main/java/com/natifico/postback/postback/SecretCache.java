package com.natifico.postback.postback;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Caches secrets for a few seconds, like {@link PostbackCache}. A cached result that lacks a secret
 * is not used: the postback may have been changed since. Thread-safe.
 */
public final class SecretCache implements SecretReader {
  /** The limit of all cached secrets together, in bytes. */
  private static final long CAPACITY = 4L * 1024 * 1024;

  private final SecretReader store;
  private final RecentAnswers<PostbackKey, Secrets> recent;

  /**
   * @param timeToLive the maximum age of a cached result; zero for no cache
   */
  public SecretCache(SecretReader store, Duration timeToLive, InstantSource clock) {
    this.store = store;
    this.recent = new RecentAnswers<>(timeToLive, clock, CAPACITY, SecretCache::weight);
  }

  @Override
  public Secrets find(PostbackKey key, NeededSecrets needed) {
    return recent.get(key, needed::areIn, asked -> store.find(asked, needed));
  }

  /** The bytes that the secrets take in the heap, at most. */
  private static long weight(Secrets secrets) {
    return 200 + weight(secrets.named()) + weight(secrets.signing());
  }

  private static long weight(Map<String, String> values) {
    long chars = 0;
    for (String value : values.values()) {
      chars += 100 + value.length();
    }
    return 2 * chars;
  }
}

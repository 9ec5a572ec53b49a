package com.natifico.postback.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;

/**
 * The buckets of the keys that this function has seen last. The limit is approximate, because every
 * running function counts on its own: a key may have as many times the rate as functions serve it.
 * Thread-safe.
 */
public final class KeyLimits {
  /**
   * A page of the console needs fewer than twenty requests, and one function answers about a
   * hundred a second.
   */
  public static final Rate PER_KEY = new Rate(Duration.ofMillis(20), 200);

  /** About 100 bytes each. */
  static final int MAX_KEYS = 1_000;

  private final Rate rate;
  private final InstantSource clock;
  private final LinkedHashMap<String, Instant> fullAt = new LinkedHashMap<>();

  public KeyLimits(Rate rate, InstantSource clock) {
    this.rate = rate;
    this.clock = clock;
  }

  /** Takes a token of this key's bucket. */
  public synchronized Allowance take(String keyId) {
    Instant now = clock.instant();
    Instant full = fullAt.getOrDefault(keyId, now);
    Duration wait = rate.waitAt(now, full);
    if (wait.isPositive()) {
      return new Allowance.Refused(wait);
    }
    // Removed first, so that the order of the map is that of the last granted request.
    fullAt.remove(keyId);
    if (fullAt.size() == MAX_KEYS) {
      fullAt.pollFirstEntry();
    }
    fullAt.put(keyId, rate.fullAfter(now, full));
    return new Allowance.Granted();
  }
}

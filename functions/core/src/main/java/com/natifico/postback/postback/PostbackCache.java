package com.natifico.postback.postback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Caches for a few seconds what the store returned, so that the conversions of a busy affiliate do
 * not each read the same postbacks. An edit becomes visible within that time; a missing postback is
 * cached too. Thread-safe. Do not use cached values for writes.
 */
public final class PostbackCache implements PostbackReader {
  /**
   * The limit of cached results of each kind; the least recently used is removed first. A usual
   * result has a few KB, and the largest possible ones (40 postbacks with large bodies) less than 1
   * MB each.
   */
  private static final int CAPACITY = 500;

  private final PostbackStore store;
  private final Memory<OfOffer, List<Postback>> ofOffers;
  private final Memory<Id, Optional<Postback>> postbacks;

  private record OfOffer(String affiliateId, String offerId) {}

  private record Id(String affiliateId, String postbackId) {}

  /**
   * @param timeToLive the maximum age of a cached result; zero for no cache
   */
  public PostbackCache(PostbackStore store, Duration timeToLive, InstantSource clock) {
    this(store, timeToLive, clock, CAPACITY);
  }

  PostbackCache(PostbackStore store, Duration timeToLive, InstantSource clock, int capacity) {
    this.store = store;
    this.ofOffers = new Memory<>(timeToLive, clock, capacity);
    this.postbacks = new Memory<>(timeToLive, clock, capacity);
  }

  /** See {@link PostbackStore#forOffer}. */
  @Override
  public List<Postback> forOffer(String affiliateId, String offerId) {
    return ofOffers.get(
        new OfOffer(affiliateId, offerId), key -> store.forOffer(key.affiliateId, key.offerId));
  }

  /** See {@link PostbackStore#find}; here a result may be outdated. */
  @Override
  public @Nullable Postback find(String affiliateId, String postbackId) {
    return postbacks
        .get(
            new Id(affiliateId, postbackId),
            key -> Optional.ofNullable(store.find(key.affiliateId, key.postbackId)))
        .orElse(null);
  }

  /** The most recently used results. */
  private static final class Memory<K, V> {
    private record Answer<V>(V value, Instant askedAt) {}

    private final Duration timeToLive;
    private final InstantSource clock;
    private final Map<K, Answer<V>> answers;

    Memory(Duration timeToLive, InstantSource clock, int capacity) {
      this.timeToLive = timeToLive;
      this.clock = clock;
      this.answers =
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Answer<V>> eldest) {
              return size() > capacity;
            }
          };
    }

    /**
     * The age counts from before the read, so that an edit never takes longer to become visible.
     */
    V get(K key, Function<K, V> ask) {
      Instant now = clock.instant();
      Answer<V> known;
      synchronized (answers) {
        known = answers.get(key);
      }
      if (known != null && isFresh(known.askedAt, now)) {
        return known.value;
      }
      V value = ask.apply(key);
      if (timeToLive.isPositive()) {
        synchronized (answers) {
          answers.put(key, new Answer<>(value, now));
        }
      }
      return value;
    }

    /** A clock that was set back does not extend the age. */
    private boolean isFresh(Instant askedAt, Instant now) {
      return !now.isBefore(askedAt) && now.isBefore(askedAt.plus(timeToLive));
    }
  }
}

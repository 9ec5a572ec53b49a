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
 * Remembers for a few seconds what the store said, so that the conversions of a busy affiliate do
 * not each read the same postbacks. An edit shows within that time; that there is none is
 * remembered too. Thread-safe; never write by what it answers.
 */
public final class PostbackCache implements PostbackReader {
  /**
   * How many answers of each kind are kept, the last used ones. A usual answer is a few KB, and the
   * largest possible ones (40 postbacks with whole bodies) come to less than 1 MB each.
   */
  private static final int CAPACITY = 500;

  private final PostbackStore store;
  private final Memory<OfOffer, List<Postback>> ofOffers;
  private final Memory<Id, Optional<Postback>> postbacks;

  private record OfOffer(String affiliateId, String offerId) {}

  private record Id(String affiliateId, String postbackId) {}

  /**
   * @param timeToLive how old an answer may be; zero for no cache
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

  /** See {@link PostbackStore#find}; here an answer may be old. */
  @Override
  public @Nullable Postback find(String affiliateId, String postbackId) {
    return postbacks
        .get(
            new Id(affiliateId, postbackId),
            key -> Optional.ofNullable(store.find(key.affiliateId, key.postbackId)))
        .orElse(null);
  }

  /** The last used answers. */
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

    /** The age counts from before the question, so an edit never takes longer to show. */
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

    /** A clock that was set back makes nothing live longer. */
    private boolean isFresh(Instant askedAt, Instant now) {
      return !now.isBefore(askedAt) && now.isBefore(askedAt.plus(timeToLive));
    }
  }
}

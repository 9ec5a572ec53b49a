package com.natifico.postback.postback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Caches for a few seconds what the store returned, so that the conversions of a busy affiliate do
 * not each read the same postbacks. An edit becomes visible within that time; a missing postback is
 * cached too. Thread-safe. Do not use cached values for writes.
 */
public final class PostbackCache implements PostbackReader {
  /**
   * The limit of all cached results together, in bytes; the results that are closest to the end of
   * their time are removed first. A usual postback has 1 KB, the largest 35 KB, so that this is a
   * tenth of the smallest function's heap at most.
   */
  private static final long CAPACITY = 24L * 1024 * 1024;

  private final PostbackStore store;
  private final Memory<OfOffer> ofOffers;
  private final Memory<Id> postbacks;

  private record OfOffer(String affiliateId, String offerId) {}

  private record Id(String affiliateId, String postbackId) {}

  /**
   * @param timeToLive the maximum age of a cached result; zero for no cache
   */
  public PostbackCache(PostbackStore store, Duration timeToLive, InstantSource clock) {
    this(store, timeToLive, clock, CAPACITY);
  }

  PostbackCache(PostbackStore store, Duration timeToLive, InstantSource clock, long capacity) {
    this.store = store;
    this.ofOffers = new Memory<>(timeToLive, clock, capacity / 2);
    this.postbacks = new Memory<>(timeToLive, clock, capacity / 2);
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
    List<Postback> found =
        postbacks.get(
            new Id(affiliateId, postbackId),
            key -> {
              Postback postback = store.find(key.affiliateId, key.postbackId);
              return postback == null ? List.of() : List.of(postback);
            });
    return found.isEmpty() ? null : found.getFirst();
  }

  /** The bytes that a result takes in the heap, at most; each character may take two. */
  private static long weight(List<Postback> postbacks) {
    long weight = 200;
    for (Postback postback : postbacks) {
      weight += weight(postback);
    }
    return weight;
  }

  private static long weight(Postback postback) {
    PostbackSettings settings = postback.settings();
    RequestBody body = settings.request().body();
    long chars = settings.request().url().length();
    chars += body == null ? 0 : body.text().length();
    chars += settings.request().headers().length();
    chars += settings.label() == null ? 0 : settings.label().length();
    for (String goal : settings.filter().goals()) {
      chars += 30 + goal.length();
    }
    return 1_000 + 2 * chars;
  }

  /** The newest results. */
  private static final class Memory<K> {
    private record Answer(List<Postback> value, Instant askedAt, long weight) {}

    private final Duration timeToLive;
    private final InstantSource clock;
    private final long capacity;

    /** The oldest first. */
    private final Map<K, Answer> answers = new LinkedHashMap<>();

    private long weight;

    Memory(Duration timeToLive, InstantSource clock, long capacity) {
      this.timeToLive = timeToLive;
      this.clock = clock;
      this.capacity = capacity;
    }

    /**
     * The age counts from before the read, so that an edit never takes longer to become visible.
     */
    List<Postback> get(K key, Function<K, List<Postback>> ask) {
      Instant now = clock.instant();
      Answer known;
      synchronized (answers) {
        known = answers.get(key);
      }
      if (known != null && isFresh(known.askedAt, now)) {
        return known.value;
      }
      List<Postback> value = ask.apply(key);
      if (timeToLive.isPositive()) {
        keep(key, new Answer(value, now, weight(value)));
      }
      return value;
    }

    private void keep(K key, Answer answer) {
      synchronized (answers) {
        Answer replaced = answers.remove(key);
        weight += answer.weight - (replaced == null ? 0 : replaced.weight);
        answers.put(key, answer);
        Iterator<Answer> oldest = answers.values().iterator();
        while (oldest.hasNext()) {
          Answer next = oldest.next();
          if (weight <= capacity && !isExpired(next.askedAt, answer.askedAt)) {
            return;
          }
          oldest.remove();
          weight -= next.weight;
        }
      }
    }

    /** A clock that was set back does not extend the age. */
    private boolean isFresh(Instant askedAt, Instant now) {
      return !now.isBefore(askedAt) && !isExpired(askedAt, now);
    }

    /** An answer that was asked for later than this one may arrive before it; it is not expired. */
    private boolean isExpired(Instant askedAt, Instant now) {
      return !now.isBefore(askedAt.plus(timeToLive));
    }
  }
}

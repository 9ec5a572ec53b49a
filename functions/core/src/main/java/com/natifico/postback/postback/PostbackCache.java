package com.natifico.postback.postback;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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
  private final RecentAnswers<OfOffer, List<Postback>> ofOffers;
  private final RecentAnswers<Id, List<Postback>> postbacks;

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
    this.ofOffers = new RecentAnswers<>(timeToLive, clock, capacity / 2, PostbackCache::weight);
    this.postbacks = new RecentAnswers<>(timeToLive, clock, capacity / 2, PostbackCache::weight);
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
}

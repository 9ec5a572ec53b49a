package com.natifico.postback.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.Page;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.Race;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PostbackCacheTest {
  private final SettableClock clock = new SettableClock(Samples.NOW);
  private final CountingStore store = new CountingStore();

  @Test
  void readsOnceWithinTheTime() {
    store.create(Samples.postback("p1", null));
    PostbackCache cache = cache(Duration.ofSeconds(5));
    for (int i = 0; i < 3; i++) {
      assertEquals(1, cache.forOffer(Samples.AFFILIATE, Samples.OFFER).size());
      assertNotNull(cache.find(Samples.AFFILIATE, "p1"));
      clock.advance(Duration.ofMillis(1_600));
    }
    assertEquals(2, store.reads.get());
  }

  @Test
  void showsAnEditAfterTheTime() {
    PostbackCache cache = cache(Duration.ofSeconds(5));
    assertNull(cache.find(Samples.AFFILIATE, "p1"));
    assertEquals(List.of(), cache.forOffer(Samples.AFFILIATE, Samples.OFFER));
    store.create(Samples.postback("p1", null));
    clock.advance(Duration.ofMillis(4_999));
    assertNull(cache.find(Samples.AFFILIATE, "p1"));
    assertEquals(List.of(), cache.forOffer(Samples.AFFILIATE, Samples.OFFER));
    clock.advance(Duration.ofMillis(1));
    assertNotNull(cache.find(Samples.AFFILIATE, "p1"));
    assertEquals(1, cache.forOffer(Samples.AFFILIATE, Samples.OFFER).size());
  }

  @Test
  void readsDoNotExtendTheAge() {
    PostbackCache cache = cache(Duration.ofSeconds(5));
    assertNull(cache.find(Samples.AFFILIATE, "p1"));
    store.create(Samples.postback("p1", null));
    for (int i = 0; i < 5; i++) {
      cache.find(Samples.AFFILIATE, "p1");
      clock.advance(Duration.ofSeconds(1));
    }
    assertNotNull(cache.find(Samples.AFFILIATE, "p1"));
  }

  @Test
  void cachesNothingWithoutATime() {
    PostbackCache cache = cache(Duration.ZERO);
    cache.find(Samples.AFFILIATE, "p1");
    cache.find(Samples.AFFILIATE, "p1");
    assertEquals(2, store.reads.get());
  }

  /** Reads in parallel end in any order. */
  @Test
  void keepsWhatWasAskedForLaterAndArrivedEarlier() {
    PostbackCache[] cache = new PostbackCache[1];
    CountingStore slow =
        new CountingStore() {
          @Override
          public @Nullable Postback find(String affiliateId, String postbackId) {
            if (postbackId.equals("slow")) {
              clock.advance(Duration.ofMillis(1));
              cache[0].find(affiliateId, "fast");
            }
            return super.find(affiliateId, postbackId);
          }
        };
    cache[0] = new PostbackCache(slow, Duration.ofSeconds(5), clock);
    cache[0].find(Samples.AFFILIATE, "slow");
    assertEquals(2, slow.reads.get());

    cache[0].find(Samples.AFFILIATE, "fast");
    assertEquals(2, slow.reads.get());
  }

  @Test
  void cachesNothingFromTheFuture() {
    PostbackCache cache = cache(Duration.ofSeconds(5));
    cache.find(Samples.AFFILIATE, "p1");
    clock.advance(Duration.ofHours(-1));
    cache.find(Samples.AFFILIATE, "p1");
    assertEquals(2, store.reads.get());
  }

  @Test
  void removesTheOldestBeyondItsCapacity() {
    PostbackCache cache = new PostbackCache(store, Duration.ofSeconds(5), clock, 2 * 450);
    cache.find("1", "p");
    cache.find("2", "p");
    assertEquals(2, store.reads.get());
    cache.find("3", "p");
    cache.find("2", "p");
    assertEquals(3, store.reads.get(), "still cached");
    cache.find("1", "p");
    assertEquals(4, store.reads.get(), "forgotten");
  }

  /** 20 postbacks with the largest bodies for each of 500 offers: 330 MB without the limit. */
  @Test
  void holdsItsShareOfTheHeapWithFiveHundredOffersOfOneAffiliate() {
    PostbackStore large =
        new CountingStore() {
          @Override
          public List<Postback> forOffer(String affiliateId, String offerId) {
            return IntStream.range(0, 20).mapToObj(i -> largest(offerId + "-" + i)).toList();
          }
        };
    PostbackCache cache = new PostbackCache(large, Duration.ofSeconds(5), clock);
    long before = usedHeap();

    for (int offer = 0; offer < 500; offer++) {
      cache.forOffer(Samples.AFFILIATE, "o" + offer);
    }

    long held = usedHeap() - before;
    assertTrue(held < 24 * 1024 * 1024, () -> held + " bytes");
    clock.advance(Duration.ofSeconds(6));
    cache.forOffer(Samples.AFFILIATE, "another");
    long later = usedHeap() - before;
    assertTrue(later < 4 * 1024 * 1024, () -> later + " bytes after their time");
    assertNotNull(cache);
  }

  private static Postback largest(String postbackId) {
    return Samples.with(
        Samples.postback(postbackId, Samples.OFFER),
        new RequestTemplate(
            HttpMethod.POST,
            "https://t.example/",
            new RequestBody("\u20ac".repeat(16 * 1024 / 3) + postbackId, "application/json")));
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void keepsAffiliatesAndOffersApart() {
    store.create(Samples.postback("p1", Samples.OFFER));
    PostbackCache cache = cache(Duration.ofSeconds(5));
    assertEquals(1, cache.forOffer(Samples.AFFILIATE, Samples.OFFER).size());
    assertEquals(0, cache.forOffer(Samples.AFFILIATE, "9").size());
    assertEquals(0, cache.forOffer("88", Samples.OFFER).size());
  }

  @Test
  void servesManyThreads() throws Exception {
    store.create(Samples.postback("p1", null));
    PostbackCache cache = new PostbackCache(store, Duration.ofSeconds(5), clock, 20_000);
    List<Integer> sizes =
        Race.run(
            IntStream.range(0, 64)
                .mapToObj(
                    i -> Race.of(() -> cache.forOffer(Samples.AFFILIATE, "o" + i % 16).size()))
                .toList());
    assertEquals(64, sizes.stream().mapToInt(Integer::intValue).sum());
  }

  private PostbackCache cache(Duration timeToLive) {
    return new PostbackCache(store, timeToLive, clock);
  }

  /** Counts the reads. */
  private static class CountingStore implements PostbackStore {
    private final PostbackStore store = new InMemoryPostbackStore();
    private final AtomicInteger reads = new AtomicInteger();

    @Override
    public Written create(Postback postback, SecretWrites secrets) {
      return store.create(postback, secrets);
    }

    @Override
    public Written replace(Postback postback, long expectedVersion, SecretWrites secrets) {
      return store.replace(postback, expectedVersion, secrets);
    }

    @Override
    public Written delete(String affiliateId, String postbackId, @Nullable Long expectedVersion) {
      return store.delete(affiliateId, postbackId, expectedVersion);
    }

    @Override
    public @Nullable Postback find(String affiliateId, String postbackId) {
      reads.incrementAndGet();
      return store.find(affiliateId, postbackId);
    }

    @Override
    public Page<Postback> list(
        String affiliateId, ScopeFilter scopes, @Nullable String after, int limit) {
      return store.list(affiliateId, scopes, after, limit);
    }

    @Override
    public int count(String affiliateId) {
      return store.count(affiliateId);
    }

    @Override
    public List<Postback> forOffer(String affiliateId, String offerId) {
      reads.incrementAndGet();
      return store.forOffer(affiliateId, offerId);
    }
  }
}

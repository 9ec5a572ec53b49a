package com.natifico.postback.testing;

import com.natifico.postback.Page;
import com.natifico.postback.postback.NeededSecrets;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.postback.SecretReader;
import com.natifico.postback.postback.SecretWrites;
import com.natifico.postback.postback.Secrets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Thread-safe. */
public final class InMemoryPostbackStore implements PostbackStore, SecretReader {
  private final Map<PostbackKey, Secrets> secrets = new HashMap<>();
  private final Map<String, SortedMap<String, Postback>> byAffiliate = new HashMap<>();
  private final int limitPerAffiliate;

  public InMemoryPostbackStore() {
    this(LIMIT_PER_AFFILIATE);
  }

  /** With another limit of postbacks per affiliate. */
  public InMemoryPostbackStore(int limitPerAffiliate) {
    this.limitPerAffiliate = limitPerAffiliate;
  }

  @Override
  public synchronized Written create(Postback postback, SecretWrites writes) {
    SortedMap<String, Postback> own = own(postback.affiliateId());
    if (own.containsKey(postback.postbackId())) {
      return Written.STALE;
    }
    if (isFull(postback)) {
      return Written.LIMIT_REACHED;
    }
    if (own.size() >= limitPerAffiliate) {
      return Written.AFFILIATE_LIMIT_REACHED;
    }
    own.put(postback.postbackId(), postback);
    write(postback, writes);
    return Written.DONE;
  }

  private void write(Postback postback, SecretWrites writes) {
    if (!writes.isEmpty()) {
      secrets.put(postback.key(), writes.applyTo(secrets.get(postback.key())));
    }
  }

  @Override
  public synchronized Secrets find(PostbackKey key, NeededSecrets needed) {
    return secrets.getOrDefault(key, Secrets.NONE);
  }

  @Override
  public synchronized Written replace(
      Postback postback, long expectedVersion, SecretWrites writes) {
    Postback stored = find(postback.affiliateId(), postback.postbackId());
    if (stored == null) {
      return Written.NOT_FOUND;
    }
    if (stored.version() != expectedVersion) {
      return Written.STALE;
    }
    if (!stored.scope().isSame(postback.scope()) && isFull(postback)) {
      return Written.LIMIT_REACHED;
    }
    own(postback.affiliateId()).put(postback.postbackId(), healthy(postback));
    write(postback, writes);
    return Written.DONE;
  }

  private static Postback healthy(Postback postback) {
    return postback.isPaused() ? postback : postback.withHealth(PostbackStatus.healthy());
  }

  /**
   * Replaces the postback without a new version, because an observation of its health is not a
   * change.
   */
  synchronized void mark(Postback postback) {
    own(postback.affiliateId()).put(postback.postbackId(), postback);
  }

  @Override
  public synchronized Written delete(
      String affiliateId, String postbackId, @Nullable Long expectedVersion) {
    Postback stored = find(affiliateId, postbackId);
    if (stored == null) {
      return Written.NOT_FOUND;
    }
    if (expectedVersion != null && stored.version() != expectedVersion) {
      return Written.STALE;
    }
    own(affiliateId).remove(postbackId);
    secrets.remove(stored.key());
    return Written.DONE;
  }

  @Override
  public synchronized @Nullable Postback find(String affiliateId, String postbackId) {
    return own(affiliateId).get(postbackId);
  }

  @Override
  public synchronized Page<Postback> list(
      String affiliateId, ScopeFilter scopes, @Nullable String after, int limit) {
    return Pages.firstOf(
        stream(affiliateId, scopes)
            .filter(postback -> after == null || postback.postbackId().compareTo(after) > 0),
        limit,
        Postback::postbackId);
  }

  @Override
  public synchronized int count(String affiliateId) {
    return (int) stream(affiliateId, new ScopeFilter.All()).count();
  }

  /** All postbacks and notifications, of all affiliates. */
  synchronized List<Postback> all() {
    return byAffiliate.values().stream().flatMap(own -> own.values().stream()).toList();
  }

  @Override
  public synchronized List<Postback> forOffer(String affiliateId, String offerId) {
    return Stream.concat(
            stream(affiliateId, new ScopeFilter.One(new Scope.Offer(offerId))),
            stream(affiliateId, new ScopeFilter.One(new Scope.Global())))
        .toList();
  }

  private boolean isFull(Postback postback) {
    return stream(postback.affiliateId(), new ScopeFilter.One(postback.scope())).count()
        >= LIMIT_PER_SCOPE;
  }

  private Stream<Postback> stream(String affiliateId, ScopeFilter scopes) {
    return own(affiliateId).values().stream()
        .filter(
            postback ->
                switch (scopes) {
                  case ScopeFilter.All() -> !postback.isNotification();
                  case ScopeFilter.AnyOffer() -> postback.scope() instanceof Scope.Offer;
                  case ScopeFilter.One(Scope scope) -> postback.scope().isSame(scope);
                });
  }

  private SortedMap<String, Postback> own(String affiliateId) {
    return byAffiliate.computeIfAbsent(affiliateId, _ -> new TreeMap<>());
  }
}

package com.natifico.postback.simulation;

import com.natifico.postback.Page;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.SecretWrites;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forwards every call to another store; subclasses change some. */
abstract class ForwardingPostbackStore implements PostbackStore {
  private final PostbackStore store;

  ForwardingPostbackStore(PostbackStore store) {
    this.store = store;
  }

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
    return store.forOffer(affiliateId, offerId);
  }
}

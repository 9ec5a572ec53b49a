package com.natifico.postback.postback;

import com.natifico.postback.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The postbacks, by affiliate. */
public interface PostbackStore extends PostbackReader {
  /** The limit per affiliate and scope: global, or one offer. */
  int LIMIT_PER_SCOPE = 20;

  /** The limit per affiliate, of all scopes together. */
  int LIMIT_PER_AFFILIATE = 2_000;

  /** How a write ended. */
  enum Written {
    DONE,
    /**
     * The scope is full; see {@link #LIMIT_PER_SCOPE}. The limit also holds under concurrent
     * writers.
     */
    LIMIT_REACHED,
    /**
     * The affiliate has as many postbacks as it may; see {@link #LIMIT_PER_AFFILIATE}. The limit
     * also holds under concurrent writers.
     */
    AFFILIATE_LIMIT_REACHED,
    /** The stored postback does not have the expected version. */
    STALE,
    /** There is no such postback. */
    NOT_FOUND
  }

  /** Stores a new postback without secrets. */
  default Written create(Postback postback) {
    return create(postback, SecretWrites.NONE);
  }

  /**
   * Stores a new postback.
   *
   * @param secrets are stored if and only if the postback is
   */
  Written create(Postback postback, SecretWrites secrets);

  /** Replaces the postback with the same id, and keeps its secrets. */
  default Written replace(Postback postback, long expectedVersion) {
    return replace(postback, expectedVersion, SecretWrites.NONE);
  }

  /**
   * Replaces the postback with the same id; its scope may change.
   *
   * @param expectedVersion the version that must be stored
   * @param secrets are stored if and only if the postback is
   */
  Written replace(Postback postback, long expectedVersion, SecretWrites secrets);

  /**
   * Deletes the postback and its secrets.
   *
   * @param expectedVersion the version that must be stored; null for any
   */
  Written delete(String affiliateId, String postbackId, @Nullable Long expectedVersion);

  /** The postback, read consistently; null if there is none. */
  @Override
  @Nullable Postback find(String affiliateId, String postbackId);

  /** The postbacks that a list shows. */
  sealed interface ScopeFilter {
    /** All postbacks that fire for conversions. */
    record All() implements ScopeFilter {}

    /** The postbacks of every offer. */
    record AnyOffer() implements ScopeFilter {}

    record One(Scope scope) implements ScopeFilter {}
  }

  /**
   * In the order of their ids, starting after {@code after}; ids grow with the time of creation.
   */
  Page<Postback> list(String affiliateId, ScopeFilter scopes, @Nullable String after, int limit);

  /** How many postbacks the affiliate has, without notifications. */
  int count(String affiliateId);

  /**
   * All postbacks that may fire for a conversion of this offer: the offer's own and the global
   * ones, at most 40. It is the only read for a conversion. Its cost does not grow with the
   * affiliate's other offers, and the result may be slightly outdated.
   */
  @Override
  List<Postback> forOffer(String affiliateId, String offerId);
}

package com.natifico.postback.postback;

import com.natifico.postback.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The postbacks, by affiliate. */
public interface PostbackStore extends PostbackReader {
  /** The limit per affiliate and scope: global, or one offer. */
  int LIMIT_PER_SCOPE = 20;

  /** How a write ended. */
  enum Written {
    DONE,
    /** The scope is full; see {@link #LIMIT_PER_SCOPE}. Holds under concurrent writers too. */
    LIMIT_REACHED,
    /** The stored one is of another version than expected. */
    STALE,
    /** There is none. */
    NOT_FOUND
  }

  /** Stores a new one. */
  Written create(Postback postback);

  /**
   * Replaces the one with the same id; its scope may change.
   *
   * @param expectedVersion the version that must be stored
   */
  Written replace(Postback postback, long expectedVersion);

  /**
   * @param expectedVersion the version that must be stored; null for any
   */
  Written delete(String affiliateId, String postbackId, @Nullable Long expectedVersion);

  /** Consistent here; null if there is none. */
  @Override
  @Nullable Postback find(String affiliateId, String postbackId);

  /** Which postbacks a list shows. */
  sealed interface ScopeFilter {
    record All() implements ScopeFilter {}

    /** Those of every offer. */
    record AnyOffer() implements ScopeFilter {}

    record One(Scope scope) implements ScopeFilter {}
  }

  /**
   * In the order of their ids, beginning after {@code after}; ids grow with the time of creation.
   */
  Page<Postback> list(String affiliateId, ScopeFilter scopes, @Nullable String after, int limit);

  /**
   * All that may fire for a conversion of this offer: the offer's own and the global ones, at most
   * 40. The one read of the way of a conversion; costs do not grow with the affiliate's other
   * offers, and an answer may be a moment old.
   */
  @Override
  List<Postback> forOffer(String affiliateId, String offerId);
}

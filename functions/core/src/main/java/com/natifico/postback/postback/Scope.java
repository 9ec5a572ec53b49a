package com.natifico.postback.postback;

import org.jspecify.annotations.Nullable;

/** For which conversions of its affiliate a postback is meant. */
public sealed interface Scope {
  /** Every offer's. */
  record Global() implements Scope {}

  record Offer(String offerId) implements Scope {}

  /**
   * @param offerId null for the global scope, as in the HTTP contract
   */
  static Scope of(@Nullable String offerId) {
    return offerId == null ? new Global() : new Offer(offerId);
  }

  /** Null for the global scope. */
  default @Nullable String offerIdOrNull() {
    return this instanceof Offer(String offerId) ? offerId : null;
  }
}

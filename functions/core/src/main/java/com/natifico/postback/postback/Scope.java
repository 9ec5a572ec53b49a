package com.natifico.postback.postback;

import org.jspecify.annotations.Nullable;

/** The conversions of its affiliate for which a postback fires. */
public sealed interface Scope {
  /** Conversions of every offer. */
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

package com.natifico.postback.conversion;

import com.natifico.postback.Words;
import org.jspecify.annotations.Nullable;

/**
 * A postback whose callback is not sent for an event, and why.
 *
 * @param sameAs the postback whose callback is the same request; only with {@link Reason#SAME_AS}
 */
public record Skipped(String postbackId, Reason reason, @Nullable String sameAs) {

  public enum Reason {
    STATUS_FILTERED,
    GOAL_FILTERED,
    /** A matching postback of the offer replaces the global one. */
    REPLACED_BY_OFFER_POSTBACK,
    SAME_AS,
    /** The callback is held and has a delivery id. */
    PAUSED;

    public String word() {
      return Words.word(this);
    }

    /**
     * @throws IllegalArgumentException for an unknown word
     */
    public static Reason of(String word) {
      return Words.of(Reason.class, word);
    }
  }
}

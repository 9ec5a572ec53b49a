package com.natifico.postback.conversion;

import java.util.Locale;
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
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if the word is unknown
     */
    public static Reason ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}

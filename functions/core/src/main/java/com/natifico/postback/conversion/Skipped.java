package com.natifico.postback.conversion;

import com.natifico.postback.Words;
import org.jspecify.annotations.Nullable;

/**
 * A postback whose callback is not sent for an event, and why.
 *
 * @param postbackId null only with {@link Reason#NO_POSTBACK}
 * @param sameAs the postback whose callback is the same request; only with {@link Reason#SAME_AS}
 */
public record Skipped(@Nullable String postbackId, Reason reason, @Nullable String sameAs) {
  /** Nothing was sent, because neither the offer nor the affiliate had a postback. */
  public static final Skipped NO_POSTBACK = new Skipped(null, Reason.NO_POSTBACK, null);

  public enum Reason {
    STATUS_FILTERED,
    GOAL_FILTERED,
    /** The event is a correction, and the postback ignores corrections. */
    REVISION_IGNORED,
    /** A matching postback of the offer replaces the global one. */
    REPLACED_BY_OFFER_POSTBACK,
    SAME_AS,
    /** The callback is held and has a delivery id. */
    PAUSED,
    /** Neither the offer nor the affiliate had a postback. */
    NO_POSTBACK;

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

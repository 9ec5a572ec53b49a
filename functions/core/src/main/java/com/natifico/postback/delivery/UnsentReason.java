package com.natifico.postback.delivery;

import com.natifico.postback.Words;

/** Why a delivery failed for a reason other than an attempt. */
public enum UnsentReason {
  /** Its postback was deleted before it was delivered. */
  POSTBACK_DELETED,
  /** Its row had expired when a retry or a redrive was due. */
  EXPIRED,
  /**
   * The expanded request exceeds the limit; only its beginning is stored, unless only its secrets
   * make it too large.
   */
  REQUEST_TOO_LARGE,
  /** The event was older than its receiver takes events. */
  TOO_OLD,
  /** A secret that the request contains was removed. */
  SECRET_MISSING;

  /** The same in the HTTP contract's list of all reasons. */
  FailedReason failedReason() {
    return switch (this) {
      case POSTBACK_DELETED -> FailedReason.POSTBACK_DELETED;
      case EXPIRED -> FailedReason.EXPIRED;
      case REQUEST_TOO_LARGE -> FailedReason.REQUEST_TOO_LARGE;
      case TOO_OLD -> FailedReason.TOO_OLD;
      case SECRET_MISSING -> FailedReason.SECRET_MISSING;
    };
  }

  /** The word in the log and in the HTTP contract. */
  public String word() {
    return Words.word(this);
  }

  /**
   * @throws IllegalArgumentException for an unknown word
   */
  public static UnsentReason of(String word) {
    return Words.of(UnsentReason.class, word);
  }
}

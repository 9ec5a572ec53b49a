package com.natifico.postback.conversion;

import java.util.Locale;

/**
 * The identity of a conversion event: a push with the same identity is a repeat.
 *
 * @param goal as pushed; goals are compared without case, see {@link #normalized()}
 * @param revision 1 for the first push of a status; a corrected amount, a partial refund or a
 *     return to an earlier status is the next revision
 */
public record EventIdentity(
    String affiliateId, String conversionId, String goal, ConversionStatus status, int revision) {
  public static final int FIRST_REVISION = 1;
  public static final int MAX_REVISION = 1_000_000;

  public EventIdentity {
    if (revision < FIRST_REVISION || revision > MAX_REVISION) {
      throw new IllegalArgumentException("a revision from 1 to 1,000,000, not " + revision);
    }
  }

  /** The first revision. */
  public EventIdentity(
      String affiliateId, String conversionId, String goal, ConversionStatus status) {
    this(affiliateId, conversionId, goal, status, FIRST_REVISION);
  }

  /** Whether it corrects an event that was pushed before. */
  public boolean isCorrection() {
    return revision > FIRST_REVISION;
  }

  /** Equal for the same event. */
  public EventIdentity normalized() {
    return new EventIdentity(
        affiliateId, conversionId, goal.toLowerCase(Locale.ROOT), status, revision);
  }
}

package com.natifico.postback.conversion;

import java.util.Locale;

/**
 * The identity of a conversion event: a push with the same identity is a repeat.
 *
 * @param goal as pushed; goals are compared without case, see {@link #normalized()}
 */
public record EventIdentity(
    String affiliateId, String conversionId, String goal, ConversionStatus status) {

  /** Equal for the same event. */
  public EventIdentity normalized() {
    return new EventIdentity(affiliateId, conversionId, goal.toLowerCase(Locale.ROOT), status);
  }
}

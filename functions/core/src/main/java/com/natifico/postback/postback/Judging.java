package com.natifico.postback.postback;

import com.natifico.postback.rule.AnswerRules;
import com.natifico.postback.rule.TrackerRules;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the responses to a postback's callbacks are judged.
 *
 * @param tracker the id of the product that receives the callbacks; null if it is not known
 * @param rules null for those of the tracker
 */
public record Judging(@Nullable String tracker, @Nullable AnswerRules rules) {
  /** By the status alone. */
  public static final Judging BY_STATUS = new Judging(null, null);

  /** What the receiver demands if it is an ad platform; otherwise null. */
  public @Nullable AdPlatform adPlatform() {
    return tracker == null ? null : AdPlatforms.find(tracker);
  }

  /** How old an event may be when it is sent; null if the receiver is not known to limit it. */
  public @Nullable Duration maxAge() {
    AdPlatform platform = adPlatform();
    return platform == null ? null : platform.maxAge();
  }

  /** The rules that apply. */
  public AnswerRules effectiveRules() {
    if (rules != null) {
      return rules;
    }
    return tracker == null ? AnswerRules.NONE : TrackerRules.of(tracker).rules();
  }
}

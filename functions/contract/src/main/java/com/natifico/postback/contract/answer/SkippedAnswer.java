package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.DeliveryState;
import org.jspecify.annotations.Nullable;

/**
 * A postback that an event did not reach.
 *
 * @param postbackId null if the reason is {@code no_postback}
 * @param sameAs left out unless the reason is {@code same_as}
 * @param deliveryId of the held callback; left out if there is none
 * @param state of that delivery; only in a conversion's outcome
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SkippedAnswer(
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String postbackId,
    String reason,
    @Nullable String sameAs,
    @Nullable String deliveryId,
    @Nullable String state) {

  /** Without the state. For a paused postback, a test conversion holds no callback. */
  public static SkippedAnswer of(ConversionEvent event, Skipped skipped) {
    String postbackId = skipped.postbackId();
    return new SkippedAnswer(
        postbackId,
        skipped.reason().word(),
        skipped.sameAs(),
        postbackId != null && event.holds(postbackId) ? event.id().deliveryId(postbackId) : null,
        null);
  }

  SkippedAnswer withState(DeliveryState held) {
    return new SkippedAnswer(postbackId, reason, sameAs, deliveryId, held.word());
  }
}

package com.natifico.postback.delivery;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.postback.CallbackRequest;
import java.time.Instant;

/**
 * One postback expanded for one conversion event: what stands on the queue.
 *
 * @param deliveryId derived from the event and the postback, see {@link EventId#deliveryId}
 * @param test whether an account manager's test conversion is behind it
 */
public record Callback(
    String deliveryId,
    String affiliateId,
    String offerId,
    String postbackId,
    String conversionId,
    ConversionStatus conversionStatus,
    boolean test,
    CallbackRequest request) {

  public String eventId() {
    return EventId.ofDelivery(deliveryId).value();
  }

  /** When the event was claimed; the deliveries' order. */
  public Instant createdAt() {
    return EventId.ofDelivery(deliveryId).claimedAt();
  }
}

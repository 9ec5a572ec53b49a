package com.natifico.postback.delivery;

import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.PostbackKey;
import java.time.Instant;

/**
 * One postback expanded for one conversion event.
 *
 * @param deliveryId derived from the event and the postback, see {@link EventId#deliveryId}
 */
public record Callback(
    String deliveryId, String postbackId, ReportedEvent event, CallbackRequest request) {

  public String affiliateId() {
    return event.affiliateId();
  }

  public String offerId() {
    return event.offerId();
  }

  public String conversionId() {
    return event.conversionId();
  }

  public ConversionStatus conversionStatus() {
    return event.status();
  }

  /** Whether it reports an event of a postback and not a conversion. */
  public boolean isNotification() {
    return PostbackKey.isNotification(postbackId);
  }

  public boolean test() {
    return event.test();
  }

  public String eventId() {
    return EventId.ofDelivery(deliveryId).value();
  }

  /** The time of the event's claim, by which lists of deliveries are sorted. */
  public Instant createdAt() {
    return EventId.ofDelivery(deliveryId).claimedAt();
  }

  /** When the event occurred, as its macros say. */
  public Instant occurredAt() {
    Instant pushed = event.occurredAt();
    return pushed == null ? createdAt() : pushed;
  }

  /** The same callback with another request. */
  public Callback withRequest(CallbackRequest other) {
    return new Callback(deliveryId, postbackId, event, other);
  }
}

package com.natifico.postback.delivery;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Expansion;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries as people see them: the rows of the log, and those that have none yet, which are
 * told from their event (design, section 10).
 */
public final class Deliveries {
  private final DeliveryLog log;
  private final EventStore events;
  private final PostbackStore postbacks;

  public Deliveries(DeliveryLog log, EventStore events, PostbackStore postbacks) {
    this.log = log;
    this.events = events;
    this.postbacks = postbacks;
  }

  /**
   * The delivery of this id; null if there is none. One without a row is pending, and shows the
   * request as its postback expands now; the URL is empty if the postback is gone.
   */
  public @Nullable Delivery find(String affiliateId, String deliveryId) {
    EventId eventId = EventId.tryOfDelivery(deliveryId);
    if (eventId == null) {
      return null;
    }
    Delivery row = log.find(affiliateId, deliveryId);
    if (row != null) {
      return row;
    }
    ConversionEvent event = events.find(affiliateId, eventId);
    String postbackId = EventId.postbackOfDelivery(deliveryId);
    if (event == null) {
      return null;
    }
    if (event.sends(postbackId)) {
      return Delivery.unrecorded(callback(event, postbackId));
    }
    return event.holds(postbackId) ? Delivery.unrecorded(callback(event, postbackId)).held() : null;
  }

  private Callback callback(ConversionEvent event, String postbackId) {
    Conversion conversion = event.conversion();
    Postback postback = postbacks.find(conversion.affiliateId(), postbackId);
    CallbackRequest request =
        postback == null
            ? new CallbackRequest(HttpMethod.GET, "", null, null)
            : Expansion.of(postback).expand(ConversionMacros.of(event, postbackId));
    return new Callback(
        event.id().deliveryId(postbackId),
        conversion.affiliateId(),
        conversion.offerId(),
        postbackId,
        conversion.conversionId(),
        conversion.status(),
        event.test(),
        request);
  }

  /** The rows of one conversion that match, the newest first. */
  public List<Delivery> ofConversion(
      String affiliateId, String conversionId, DeliveryFilter filter) {
    return rows(affiliateId, events.ofConversion(affiliateId, conversionId)).values().stream()
        .filter(filter::matches)
        .sorted((a, b) -> b.id().compareTo(a.id()))
        .toList();
  }

  /** The rows of these events, by delivery id; those that are pending have none. */
  public Map<String, Delivery> rows(String affiliateId, Collection<ConversionEvent> events) {
    List<String> ids = new ArrayList<>();
    for (ConversionEvent event : events) {
      event.callbacks().forEach(postbackId -> ids.add(event.id().deliveryId(postbackId)));
      event.held().forEach(postbackId -> ids.add(event.id().deliveryId(postbackId)));
    }
    return ids.isEmpty() ? Map.of() : log.findAll(affiliateId, ids);
  }
}

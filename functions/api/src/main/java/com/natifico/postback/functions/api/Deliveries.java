package com.natifico.postback.functions.api;

import com.natifico.postback.acceptance.EventDeliveries;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries as the API shows them: the rows of the log, and deliveries without a row, which
 * are derived from their event.
 */
final class Deliveries {
  private final DeliveryLog log;
  private final EventStore events;
  private final EventDeliveries pending;

  Deliveries(Services services) {
    this.log = services.log();
    this.events = services.events();
    this.pending = new EventDeliveries(services.log(), services.postbacks());
  }

  /**
   * The delivery with this id; null if there is none. A delivery without a row is pending and shows
   * the request that its postback would send now; the URL is empty if the postback has been
   * deleted.
   */
  @Nullable Delivery find(String affiliateId, String deliveryId) {
    EventId eventId = EventId.findOfDelivery(deliveryId);
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
      return pending.pending(event, postbackId);
    }
    return event.holds(postbackId) ? pending.pending(event, postbackId).held() : null;
  }

  /** The matching rows of one conversion, newest first. */
  List<Delivery> ofConversion(String affiliateId, String conversionId, DeliveryFilter filter) {
    return rows(affiliateId, events.ofConversion(affiliateId, conversionId)).values().stream()
        .filter(filter::matches)
        .sorted((a, b) -> b.id().compareTo(a.id()))
        .toList();
  }

  /** The rows of these events, by delivery id; pending deliveries have no row. */
  Map<String, Delivery> rows(String affiliateId, Collection<ConversionEvent> events) {
    List<String> ids = new ArrayList<>();
    for (ConversionEvent event : events) {
      event.callbacks().forEach(postbackId -> ids.add(event.id().deliveryId(postbackId)));
      event.held().forEach(postbackId -> ids.add(event.id().deliveryId(postbackId)));
    }
    return ids.isEmpty() ? Map.of() : log.findAll(affiliateId, ids);
  }
}

package com.natifico.postback.functions.api;

import com.natifico.postback.Page;
import com.natifico.postback.acceptance.EventDeliveries;
import com.natifico.postback.acceptance.EventHistory;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries as the API shows them: the rows of the log, and deliveries without a row, which
 * are derived from their event.
 */
final class Deliveries {
  private static final int ROWS = 50;

  private final DeliveryLog log;
  private final EventStore events;
  private final EventDeliveries pending;

  Deliveries(Services services) {
    this.log = services.log();
    this.events = services.events();
    this.pending = new EventDeliveries(services.log(), services.postbacks(), services.events());
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
    return withDeliveries(affiliateId, events.ofConversion(affiliateId, conversionId)).stream()
        .flatMap(entry -> entry.deliveries().stream())
        .filter(filter::matches)
        .sorted((a, b) -> b.id().compareTo(a.id()))
        .toList();
  }

  /** These events, each with its rows; pending deliveries have no row. */
  List<EventHistory.Entry> withDeliveries(String affiliateId, List<ConversionEvent> events) {
    return events.stream()
        .map(event -> new EventHistory.Entry(event, rows(affiliateId, event)))
        .toList();
  }

  /** Also those of back-fills, which the event does not name. */
  private List<Delivery> rows(String affiliateId, ConversionEvent event) {
    List<Delivery> rows = new ArrayList<>();
    String after = event.id().startOfDeliveries();
    DeliveryFilter filter =
        new DeliveryFilter(
            null,
            null,
            EnumSet.allOf(DeliveryState.class),
            event.id().claimedAt(),
            event.id().claimedAt().plusMillis(1));
    while (after != null) {
      Page<Delivery> page =
          log.list(affiliateId, filter, DeliveryLog.Order.OLDEST_FIRST, after, ROWS);
      for (Delivery row : page.items()) {
        if (!row.callback().eventId().equals(event.id().value())) {
          return rows;
        }
        rows.add(row);
      }
      after = page.next();
    }
    return rows;
  }
}

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
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries as the API shows them: the rows of the log, and deliveries without a row, which
 * are derived from their event.
 */
final class Deliveries {
  private static final int ROWS = 50;

  /** How many deliveries of one event an answer shows, in addition to those that it names. */
  private static final int MAX_ROWS = 200;

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

  /**
   * The matching rows of one conversion, newest first. A conversion with more events than are read
   * has further rows, which are not found.
   *
   * @param after the id of the delivery to continue after; null for the start
   */
  Page<Delivery> ofConversion(
      String affiliateId,
      String conversionId,
      DeliveryFilter filter,
      @Nullable String after,
      int limit) {
    List<Delivery> found = new ArrayList<>();
    for (ConversionEvent event : events.ofConversion(affiliateId, conversionId).reversed()) {
      String start = event.id().endOfDeliveries();
      if (after != null && after.compareTo(start) < 0) {
        start = after;
      }
      Rows rows =
          new Rows(affiliateId, event, DeliveryLog.Order.NEWEST_FIRST, start, filter::matches);
      if (rows.addUpTo(limit, found)) {
        return new Page<>(found, found.getLast().id());
      }
    }
    return new Page<>(found, null);
  }

  /**
   * The deliveries of an event. Those that the event names are complete. Of those of back-fills, of
   * which there can be any number, some may be missing.
   */
  EventHistory.Entry entry(String affiliateId, ConversionEvent event) {
    List<Delivery> found = new ArrayList<>();
    boolean hasMore =
        new Rows(
                affiliateId,
                event,
                DeliveryLog.Order.OLDEST_FIRST,
                event.id().startOfDeliveries(),
                _ -> true)
            .addUpTo(MAX_ROWS, found);
    if (hasMore) {
      Map<String, Delivery> named = log.findAll(affiliateId, named(event));
      found.removeIf(row -> named.containsKey(row.id()));
      found.addAll(named.values());
    }
    return new EventHistory.Entry(event, found, !hasMore);
  }

  /** The deliveries that the event names: those that it sends and those that it holds. */
  private static List<String> named(ConversionEvent event) {
    return Stream.concat(event.callbacks().stream(), event.held().stream())
        .map(event.id()::deliveryId)
        .toList();
  }

  /** The rows of an event that match, also those of back-fills, which the event does not name. */
  private final class Rows {
    private final String affiliateId;
    private final ConversionEvent event;
    private final DeliveryLog.Order order;
    private final Predicate<Delivery> isWanted;
    private @Nullable String after;

    /**
     * @param start the position to start after
     */
    Rows(
        String affiliateId,
        ConversionEvent event,
        DeliveryLog.Order order,
        String start,
        Predicate<Delivery> isWanted) {
      this.affiliateId = affiliateId;
      this.event = event;
      this.order = order;
      this.after = start;
      this.isWanted = isWanted;
    }

    /** Adds rows until there are {@code limit} of them, and returns whether there are more. */
    boolean addUpTo(int limit, List<Delivery> found) {
      DeliveryFilter filter =
          new DeliveryFilter(
              null,
              null,
              EnumSet.allOf(DeliveryState.class),
              event.id().claimedAt(),
              event.id().claimedAt().plusMillis(1));
      while (after != null) {
        Page<Delivery> page = log.list(affiliateId, filter, order, after, ROWS);
        for (Delivery row : page.items()) {
          if (!row.callback().eventId().equals(event.id().value())) {
            return false;
          }
          if (!isWanted.test(row)) {
            continue;
          }
          if (found.size() == limit) {
            return true;
          }
          found.add(row);
        }
        after = page.next();
      }
      return false;
    }
  }
}

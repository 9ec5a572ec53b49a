package com.natifico.postback.acceptance;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.conversion.PreviousEvent;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.NewerAttempts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An affiliate's events in the order of time, with their deliveries. No index holds all events.
 * Those that sent a callback are found by their deliveries, the others by an index that holds only
 * them, and the two are merged. An event whose callbacks all wait for their first attempt is
 * therefore missing until one is made or deferred.
 */
public final class EventHistory {
  /** The limits of deliveries that are read together; no event has more than the smaller one. */
  private static final int MIN_ROWS = 100;

  private static final int MAX_ROWS = 500;

  private static final int ROWS_PER_EVENT = 4;

  private final EventStore events;
  private final DeliveryLog log;
  private final NewerAttempts newer;

  public EventHistory(EventStore events, DeliveryLog log) {
    this.events = events;
    this.log = log;
    this.newer = new NewerAttempts(events, log);
  }

  /** Whether a newer event has been attempted at the same postback. */
  boolean isOvertaken(Callback callback) {
    return newer.find(callback) != null;
  }

  /**
   * An event and its deliveries that are in the log.
   *
   * @param deliveries including those of back-fills, which the event does not name
   * @param isComplete whether these are all deliveries of back-fills
   */
  public record Entry(ConversionEvent event, List<Delivery> deliveries, boolean isComplete) {
    public Entry {
      deliveries = List.copyOf(deliveries);
    }
  }

  /**
   * One page of the events. It may have few of them, even none, and still have a next one.
   *
   * @param after the position to continue after; null for the start
   * @param isWanted decides by an event's deliveries, before the event is read
   */
  public Page<Entry> page(
      String affiliateId,
      EventQuery query,
      @Nullable String after,
      int limit,
      Predicate<List<Delivery>> isWanted) {
    Direction direction = Direction.of(query.order());
    Page<Delivery> rows =
        log.list(
            affiliateId,
            filter(query),
            direction.order(),
            after,
            Math.clamp((long) ROWS_PER_EVENT * limit, MIN_ROWS, MAX_ROWS));
    Page<ConversionEvent> silent = events.withoutCallbacks(affiliateId, query, after, limit);
    String horizon =
        direction.nearest(horizon(direction, rows, after), horizonOfSilent(direction, silent));

    NavigableMap<String, List<Delivery>> found = new TreeMap<>(direction.comparator());
    Map<String, ConversionEvent> known = new HashMap<>();
    for (ConversionEvent event : silent.items()) {
      known.put(event.id().value(), event);
      found.put(event.id().value(), new ArrayList<>());
    }
    for (Delivery row : rows.items()) {
      found.computeIfAbsent(row.callback().eventId(), _ -> new ArrayList<>()).add(row);
    }
    List<EventId> wanted = new ArrayList<>();
    String next = horizon;
    for (Map.Entry<String, List<Delivery>> each : found.entrySet()) {
      EventId id = new EventId(each.getKey());
      if (!direction.isWithin(id, horizon)) {
        break;
      }
      if (isWanted.test(each.getValue())) {
        if (wanted.size() == limit) {
          next = direction.endOf(wanted.getLast());
          break;
        }
        wanted.add(id);
      }
    }
    return new Page<>(entries(affiliateId, wanted, known, found), next);
  }

  /** What was reported before this event. */
  PreviousEvent previousOf(ConversionEvent event) {
    return PreviousEvent.of(event.id(), event.conversion(), event.test(), events);
  }

  private static DeliveryFilter filter(EventQuery query) {
    return new DeliveryFilter(
            null, null, EnumSet.allOf(DeliveryState.class), query.since(), query.until())
        .of(new DeliveryFilter.OfEvent(query.refId(), null));
  }

  /**
   * The position up to which the log has been read; null for its end. More deliveries of the event
   * at which the page ends may follow, so the event belongs to the next page, unless it is the only
   * one of this page.
   */
  private static @Nullable String horizon(
      Direction direction, Page<Delivery> rows, @Nullable String after) {
    if (rows.next() == null) {
      return null;
    }
    EventId last = EventId.ofDelivery(rows.next());
    String start = direction.startOf(last);
    return after == null || direction.comparator().compare(start, after) > 0
        ? start
        : direction.endOf(last);
  }

  private static @Nullable String horizonOfSilent(
      Direction direction, Page<ConversionEvent> silent) {
    return silent.next() == null ? null : direction.endOf(EventId.ofDelivery(silent.next()));
  }

  private List<Entry> entries(
      String affiliateId,
      List<EventId> wanted,
      Map<String, ConversionEvent> known,
      Map<String, List<Delivery>> deliveries) {
    List<EventId> unknown = wanted.stream().filter(id -> !known.containsKey(id.value())).toList();
    Map<EventId, ConversionEvent> read =
        unknown.isEmpty() ? Map.of() : events.findAll(affiliateId, unknown);
    List<Entry> entries = new ArrayList<>();
    for (EventId id : wanted) {
      ConversionEvent event = known.containsKey(id.value()) ? known.get(id.value()) : read.get(id);
      // An event expires before its deliveries if these were attempted for long.
      if (event != null) {
        entries.add(new Entry(event, deliveries.getOrDefault(id.value(), List.of()), true));
      }
    }
    return entries;
  }

  /** The order of a page, with the positions around an event's deliveries in this order. */
  private enum Direction {
    OLDEST_FIRST(DeliveryLog.Order.OLDEST_FIRST) {
      @Override
      Comparator<String> comparator() {
        return Comparator.naturalOrder();
      }

      @Override
      String startOf(EventId id) {
        return id.value();
      }

      @Override
      String endOf(EventId id) {
        return id.endOfDeliveries();
      }
    },
    NEWEST_FIRST(DeliveryLog.Order.NEWEST_FIRST) {
      @Override
      Comparator<String> comparator() {
        return Comparator.reverseOrder();
      }

      @Override
      String startOf(EventId id) {
        return id.endOfDeliveries();
      }

      @Override
      String endOf(EventId id) {
        return id.startOfDeliveries();
      }
    };

    private final DeliveryLog.Order order;

    Direction(DeliveryLog.Order order) {
      this.order = order;
    }

    static Direction of(EventQuery.Order order) {
      return switch (order) {
        case OLDEST_FIRST -> OLDEST_FIRST;
        case NEWEST_FIRST -> NEWEST_FIRST;
      };
    }

    DeliveryLog.Order order() {
      return order;
    }

    abstract Comparator<String> comparator();

    /** A position before all deliveries of this event. */
    abstract String startOf(EventId id);

    /** A position after all deliveries of this event. */
    abstract String endOf(EventId id);

    /** Whether all deliveries of this event are before the position; null for the end. */
    boolean isWithin(EventId id, @Nullable String position) {
      return position == null || comparator().compare(endOf(id), position) <= 0;
    }

    @Nullable String nearest(@Nullable String one, @Nullable String other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      return comparator().compare(one, other) <= 0 ? one : other;
    }
  }
}

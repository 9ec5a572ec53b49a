package com.natifico.postback.testing;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventOrder;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.EventStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Thread-safe. */
public final class InMemoryEventStore implements EventStore {
  private record Identity(String affiliateId, String conversionKey, String eventKey) {}

  private final Map<Identity, ConversionEvent> events = new ConcurrentHashMap<>();

  @Override
  public @Nullable ConversionEvent claim(ConversionEvent event) {
    return events.putIfAbsent(identity(event.conversion().affiliateId(), event.id()), event);
  }

  @Override
  public Page<ConversionEvent> ofConversion(
      String affiliateId, String conversionId, @Nullable String after, int limit) {
    return Pages.firstOf(
        all(affiliateId, conversionId).stream()
            .filter(event -> after == null || event.id().eventKey().compareTo(after) > 0),
        limit,
        event -> event.id().eventKey());
  }

  /** All events of a conversion, in the order of their keys. */
  private List<ConversionEvent> all(String affiliateId, String conversionId) {
    return events.values().stream()
        .filter(event -> event.conversion().affiliateId().equals(affiliateId))
        .filter(event -> event.conversion().conversionId().equals(conversionId))
        .sorted(Comparator.comparing(event -> event.id().eventKey()))
        .toList();
  }

  @Override
  public List<ConversionEvent> newerThan(String affiliateId, EventId id) {
    ConversionEvent own = find(affiliateId, id);
    if (own == null) {
      return List.of();
    }
    List<ConversionEvent> all = all(affiliateId, own.conversion().conversionId());
    List<ConversionEvent> newer = EventOrder.newerThan(own, all);
    int last = own.conversion().revision() + NEIGHBOURING_REVISIONS;
    return all.size() <= MAX_READ
        ? newer
        : newer.stream().filter(event -> event.conversion().revision() <= last).toList();
  }

  @Override
  public @Nullable ConversionEvent previous(EventId id, Conversion conversion) {
    List<ConversionEvent> all = all(conversion.affiliateId(), conversion.conversionId());
    int first = conversion.revision() - NEIGHBOURING_REVISIONS;
    return EventOrder.previous(
        id,
        conversion,
        all.size() <= MAX_READ
            ? all
            : all.stream()
                .filter(event -> event.conversion().revision() >= first)
                .filter(event -> event.conversion().revision() <= conversion.revision())
                .toList());
  }

  @Override
  public Map<EventId, ConversionEvent> findAll(String affiliateId, Collection<EventId> ids) {
    Map<EventId, ConversionEvent> found = new HashMap<>();
    for (EventId id : ids) {
      ConversionEvent event = find(affiliateId, id);
      if (event != null) {
        found.put(id, event);
      }
    }
    return found;
  }

  @Override
  public Page<ConversionEvent> withoutCallbacks(
      String affiliateId, EventQuery query, @Nullable String after, int limit) {
    NavigableMap<String, ConversionEvent> ordered = new TreeMap<>();
    events.values().stream()
        .filter(event -> event.conversion().affiliateId().equals(affiliateId))
        .filter(event -> event.callbacks().isEmpty())
        .filter(query::matches)
        .forEach(event -> ordered.put(event.id().startOfDeliveries(), event));
    NavigableMap<String, ConversionEvent> inOrder =
        query.order() == EventQuery.Order.OLDEST_FIRST ? ordered : ordered.descendingMap();
    return Pages.firstOf(
        (after == null ? inOrder : inOrder.tailMap(after, false)).values().stream(),
        limit,
        event -> event.id().startOfDeliveries());
  }

  @Override
  public @Nullable ConversionEvent find(String affiliateId, EventId id) {
    ConversionEvent event = events.get(identity(affiliateId, id));
    return event != null && event.id().equals(id) ? event : null;
  }

  private static Identity identity(String affiliateId, EventId id) {
    return new Identity(affiliateId, id.conversionKey(), id.eventKey());
  }
}

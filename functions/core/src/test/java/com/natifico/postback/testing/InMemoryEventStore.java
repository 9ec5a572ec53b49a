package com.natifico.postback.testing;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
  public List<ConversionEvent> ofConversion(String affiliateId, String conversionId) {
    return events.values().stream()
        .filter(event -> event.conversion().affiliateId().equals(affiliateId))
        .filter(event -> event.conversion().conversionId().equals(conversionId))
        .sorted(Comparator.comparing(event -> event.id().value()))
        .toList();
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

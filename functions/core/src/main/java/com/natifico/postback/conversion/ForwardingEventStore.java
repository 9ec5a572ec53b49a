package com.natifico.postback.conversion;

import com.natifico.postback.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls another store, unless a subclass does something else. */
public abstract class ForwardingEventStore implements EventStore {
  private final EventStore store;

  protected ForwardingEventStore(EventStore store) {
    this.store = store;
  }

  @Override
  public @Nullable ConversionEvent claim(ConversionEvent event) {
    return store.claim(event);
  }

  @Override
  public Page<ConversionEvent> ofConversion(
      String affiliateId, String conversionId, @Nullable String after, int limit) {
    return store.ofConversion(affiliateId, conversionId, after, limit);
  }

  @Override
  public @Nullable ConversionEvent previous(EventId id, Conversion conversion) {
    return store.previous(id, conversion);
  }

  @Override
  public @Nullable ConversionEvent find(String affiliateId, EventId id) {
    return store.find(affiliateId, id);
  }

  @Override
  public List<ConversionEvent> newerThan(String affiliateId, EventId id) {
    return store.newerThan(affiliateId, id);
  }

  @Override
  public Map<EventId, ConversionEvent> findAll(String affiliateId, Collection<EventId> ids) {
    return store.findAll(affiliateId, ids);
  }

  @Override
  public Page<ConversionEvent> withoutCallbacks(
      String affiliateId, EventQuery query, @Nullable String after, int limit) {
    return store.withoutCallbacks(affiliateId, query, after, limit);
  }
}

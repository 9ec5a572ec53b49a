package com.natifico.postback.simulation;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.Expansion;
import com.natifico.postback.postback.Postback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the callbacks of an event before claiming it. */
record EnqueueBeforeClaim(Ports ports) implements EventStore {
  @Override
  public @Nullable ConversionEvent claim(ConversionEvent event) {
    List<CallbackMessage> messages = new ArrayList<>();
    for (String postbackId : event.callbacks()) {
      Postback postback = ports.postbacks().find(event.conversion().affiliateId(), postbackId);
      if (postback != null) {
        messages.add(message(event, postback));
      }
    }
    if (!messages.isEmpty()) {
      ports.callbacks().send(messages);
    }
    return ports.events().claim(event);
  }

  private CallbackMessage message(ConversionEvent event, Postback postback) {
    Instant now = ports.clock().instant();
    Callback callback =
        new Callback(
            event.id().deliveryId(postback.postbackId()),
            postback.postbackId(),
            ReportedEvent.of(event),
            Expansion.of(postback.settings().request())
                .expand(ConversionMacros.of(event, postback.postbackId(), () -> null)));
    return new CallbackMessage(callback, 1, now, now);
  }

  @Override
  public Page<ConversionEvent> ofConversion(
      String affiliateId, String conversionId, @Nullable String after, int limit) {
    return ports.events().ofConversion(affiliateId, conversionId, after, limit);
  }

  @Override
  public @Nullable ConversionEvent previous(EventId id, Conversion conversion) {
    return ports.events().previous(id, conversion);
  }

  @Override
  public List<ConversionEvent> newerThan(String affiliateId, EventId id) {
    return ports.events().newerThan(affiliateId, id);
  }

  @Override
  public Map<EventId, ConversionEvent> findAll(String affiliateId, Collection<EventId> ids) {
    return ports.events().findAll(affiliateId, ids);
  }

  @Override
  public Page<ConversionEvent> withoutCallbacks(
      String affiliateId, EventQuery query, @Nullable String after, int limit) {
    return ports.events().withoutCallbacks(affiliateId, query, after, limit);
  }

  @Override
  public @Nullable ConversionEvent find(String affiliateId, EventId id) {
    return ports.events().find(affiliateId, id);
  }
}

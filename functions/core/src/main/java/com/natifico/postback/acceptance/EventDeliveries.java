package com.natifico.postback.acceptance;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.conversion.PreviousEvent;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Expansion;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import java.util.List;
import java.util.Map;

/**
 * The deliveries of an event: rows of the log, or pending deliveries derived from the event if
 * there is no row yet.
 */
public final class EventDeliveries {
  private final DeliveryLog log;
  private final PostbackReader postbacks;
  private final EventStore events;

  public EventDeliveries(DeliveryLog log, PostbackReader postbacks, EventStore events) {
    this.log = log;
    this.postbacks = postbacks;
    this.events = events;
  }

  /** One delivery for each callback that is sent, in the order of matching. */
  public List<Delivery> of(ConversionEvent event) {
    List<String> ids =
        event.callbacks().stream().map(postbackId -> event.id().deliveryId(postbackId)).toList();
    Map<String, Delivery> rows =
        ids.isEmpty() ? Map.of() : log.findAll(event.conversion().affiliateId(), ids);
    return event.callbacks().stream()
        .map(
            postbackId -> {
              Delivery row = rows.get(event.id().deliveryId(postbackId));
              return row == null ? pending(event, postbackId) : row;
            })
        .toList();
  }

  /**
   * A delivery that is not in the log yet, with the request that the postback would send now;
   * without a URL if the postback has been deleted.
   */
  public Delivery pending(ConversionEvent event, String postbackId) {
    Postback postback = postbacks.find(event.conversion().affiliateId(), postbackId);
    Callback callback =
        postback == null
            ? new Callback(
                event.id().deliveryId(postbackId),
                postbackId,
                ReportedEvent.of(event),
                new CallbackRequest(HttpMethod.GET, "", null, null))
            : Acceptance.callback(event, postback, request(event, postback));
    return Delivery.unrecorded(callback);
  }

  private CallbackRequest request(ConversionEvent event, Postback postback) {
    return Expansion.of(Acceptance.request(postback.settings(), event.test()))
        .expand(ConversionMacros.of(event, postback.postbackId(), previous(event)));
  }

  private PreviousEvent previous(ConversionEvent event) {
    return PreviousEvent.of(event.id(), event.conversion(), event.test(), events);
  }
}

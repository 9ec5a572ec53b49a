package com.natifico.postback.acceptance;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Expansion;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import java.util.List;
import java.util.Map;

/**
 * The deliveries of an event: from the log, or, as long as they are not in it, pending ones that
 * are answered from the event.
 */
public final class EventDeliveries {
  private final DeliveryLog log;
  private final PostbackReader postbacks;

  public EventDeliveries(DeliveryLog log, PostbackReader postbacks) {
    this.log = log;
    this.postbacks = postbacks;
  }

  /** One for each callback that goes out, in the order of matching. */
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
   * The delivery that is not in the log yet, with the request as the postback would expand it now;
   * without a URL if there is no postback any more.
   */
  public Delivery pending(ConversionEvent event, String postbackId) {
    Postback postback = postbacks.find(event.conversion().affiliateId(), postbackId);
    CallbackRequest request =
        postback == null
            ? new CallbackRequest(HttpMethod.GET, "", null, null)
            : Expansion.of(postback.settings().request())
                .expand(ConversionMacros.of(event, postbackId));
    return Delivery.unrecorded(Acceptance.callback(event, postbackId, request));
  }
}

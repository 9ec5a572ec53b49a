package com.natifico.postback.functions.api;

import com.natifico.postback.aws.http.Request;
import com.natifico.postback.aws.http.Response;
import com.natifico.postback.aws.json.JsonOutput;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionReader;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.problem.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The outcome of a conversion: answers "why did I not get my postback?". */
final class Outcomes {
  private final EventStore events;
  private final Deliveries deliveries;

  Outcomes(Services services) {
    this.events = services.events();
    this.deliveries = new Deliveries(services);
  }

  Response read(Request request) {
    String affiliateId = request.affiliateId();
    request.refuseQuery();
    String conversionId = request.path("conversion_id");
    List<ConversionEvent> found =
        ConversionReader.isConversionId(conversionId)
            ? events.ofConversion(affiliateId, conversionId)
            : List.of();
    if (found.isEmpty()) {
      throw Problem.notFound("conversion");
    }
    Map<String, Delivery> rows = deliveries.rows(affiliateId, found);
    return Response.json(
        200, out -> out.objects("events", found, (each, event) -> write(each, event, rows)));
  }

  private static void write(JsonOutput out, ConversionEvent event, Map<String, Delivery> rows)
      throws IOException {
    out.field("event_id", event.id().value())
        .field("status", event.conversion().status().word())
        .field("goal", event.conversion().goal())
        .objects(
            "callbacks",
            event.callbacks(),
            (each, postbackId) -> {
              String deliveryId = event.id().deliveryId(postbackId);
              each.field("delivery_id", deliveryId)
                  .field("postback_id", postbackId)
                  .field("state", state(rows, deliveryId, DeliveryState.PENDING));
            })
        .objects("skipped", event.skipped(), (each, skipped) -> write(each, event, skipped, rows));
  }

  private static void write(
      JsonOutput out, ConversionEvent event, Skipped skipped, Map<String, Delivery> rows)
      throws IOException {
    out.field("postback_id", skipped.postbackId()).field("reason", skipped.reason().word());
    switch (skipped.reason()) {
      case SAME_AS -> out.field("same_as", skipped.sameAs());
      case PAUSED -> {
        if (event.holds(skipped.postbackId())) {
          String deliveryId = event.id().deliveryId(skipped.postbackId());
          out.field("delivery_id", deliveryId)
              .field("state", state(rows, deliveryId, DeliveryState.HELD));
        }
      }
      case STATUS_FILTERED, GOAL_FILTERED, REPLACED_BY_OFFER_POSTBACK -> {
        // The reason needs no further members.
      }
    }
  }

  private static String state(
      Map<String, Delivery> rows, String deliveryId, DeliveryState withoutRow) {
    Delivery row = rows.get(deliveryId);
    return (row == null ? withoutRow : row.state()).word();
  }
}

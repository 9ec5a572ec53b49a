package com.natifico.postback.functions.api;

import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.OutcomeAnswer;
import com.natifico.postback.contract.input.ConversionReader;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.Delivery;
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
    return Response.json(200, OutcomeAnswer.of(found, rows));
  }
}

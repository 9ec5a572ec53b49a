package com.natifico.postback.functions.api;

import com.natifico.postback.acceptance.EventHistory;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.OutcomeAnswer;
import com.natifico.postback.contract.input.ConversionReader;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.EventStore;
import java.util.List;

/** The outcomes of conversions: answers "why did I not get my postback?". */
final class Outcomes {
  private final EventStore events;
  private final Deliveries deliveries;
  private final EventHistory history;

  Outcomes(Services services) {
    this.events = services.events();
    this.deliveries = new Deliveries(services);
    this.history = services.history();
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
    return Response.json(200, OutcomeAnswer.of(deliveries.withDeliveries(affiliateId, found)));
  }

  /** The affiliate's events, newest first. */
  Response search(Request request) {
    String affiliateId = request.affiliateId();
    Fields query = Fields.ofQuery(request.query());
    DeliveryRoutes.Period period = DeliveryRoutes.period(query);
    EventQuery wanted =
        new EventQuery(
            period.since(),
            period.until(),
            DeliveryRoutes.refId(query),
            EventQuery.Order.NEWEST_FIRST);
    Paging paging = Paging.finish(query, "conversions/" + affiliateId + "/" + wanted);
    return paging.answerSearch(
        history.page(affiliateId, wanted, paging.after(), paging.limit(), _ -> true),
        OutcomeAnswer.EventAnswer::of);
  }
}

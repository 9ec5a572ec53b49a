package com.natifico.postback.functions.api;

import com.natifico.postback.Page;
import com.natifico.postback.acceptance.EventHistory;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.AnswerSize;
import com.natifico.postback.contract.answer.OutcomeAnswer;
import com.natifico.postback.contract.input.ConversionReader;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.EventStore;
import java.util.ArrayList;
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
    String conversionId = request.path("conversion_id");
    Paging paging =
        Paging.finishLong(
            Fields.ofQuery(request.query()), "conversion/" + affiliateId + "/" + conversionId);
    Page<ConversionEvent> page =
        ConversionReader.isConversionId(conversionId)
            ? events.ofConversion(affiliateId, conversionId, paging.after(), paging.limit())
            : new Page<>(List.of(), null);
    if (page.items().isEmpty() && page.next() == null && paging.after() == null) {
      throw Problem.notFound("conversion");
    }
    return paging.answerEvents(entries(affiliateId, page));
  }

  /** As many of the page's events as an answer can have. */
  private Page<EventHistory.Entry> entries(String affiliateId, Page<ConversionEvent> page) {
    List<EventHistory.Entry> entries = new ArrayList<>();
    int length = 0;
    for (ConversionEvent event : page.items()) {
      EventHistory.Entry entry = deliveries.entry(affiliateId, event);
      length += AnswerSize.length(entry);
      if (length > AnswerSize.MAX_TEXT && !entries.isEmpty()) {
        return new Page<>(entries, entries.getLast().event().id().eventKey());
      }
      entries.add(entry);
    }
    return new Page<>(entries, page.next());
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

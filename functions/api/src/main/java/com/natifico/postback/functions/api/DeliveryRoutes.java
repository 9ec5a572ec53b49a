package com.natifico.postback.functions.api;

import com.natifico.postback.Page;
import com.natifico.postback.contract.AcceptHeader;
import com.natifico.postback.contract.Cursor;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.AnswerSize;
import com.natifico.postback.contract.answer.DeliveryAnswer;
import com.natifico.postback.contract.answer.DeliveryCsv;
import com.natifico.postback.contract.input.ConversionReader;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.FailedReason;
import com.natifico.postback.delivery.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes that read the delivery log. */
final class DeliveryRoutes {
  private static final int MAX_REF_ID = 1024;
  private static final String CSV = "text/csv";

  private final DeliveryLog log;
  private final Deliveries deliveries;

  DeliveryRoutes(Services services) {
    this.log = services.log();
    this.deliveries = new Deliveries(services);
  }

  Response list(Request request) {
    String affiliateId = request.affiliateId();
    Fields query = Fields.ofQuery(request.query());
    DeliveryState state =
        query.word("state", DeliveryState.listedWords(), DeliveryRoutes::listedState);
    DeliveryFilter filter =
        filter(query, state == null ? Set.of() : Set.of(state))
            .of(
                new DeliveryFilter.OfEvent(
                    refId(query),
                    query.word("test", List.of("true", "false"), DeliveryRoutes::flag)))
            .with(result(query));
    String conversionId = ConversionReader.conversionId(query);
    Paging paging =
        Paging.finish(query, "deliveries/" + affiliateId + "/" + conversionId + "/" + filter);
    Page<Delivery> page =
        conversionId == null
            ? log.list(
                affiliateId, filter, DeliveryLog.Order.NEWEST_FIRST, paging.after(), paging.limit())
            : deliveries.ofConversion(
                affiliateId, conversionId, filter, paging.after(), paging.limit());
    Page<Delivery> answerable = AnswerSize.ofDeliveries(page);
    return acceptsCsv(request)
        ? csv(request, paging, answerable)
        : paging.answerSearch(answerable, DeliveryAnswer::of);
  }

  private static @Nullable Boolean flag(String word) {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  private static boolean acceptsCsv(Request request) {
    return AcceptHeader.prefers(request.header("accept"), CSV, "application/json");
  }

  private static Response csv(Request request, Paging paging, Page<Delivery> page) {
    Response response =
        Response.text(
            200, CSV + "; charset=utf-8; header=present", DeliveryCsv.write(page.items()));
    String next = Cursor.encode(paging.list(), page.next());
    return next == null
        ? response
        : response.with("link", "<" + request.pathWith("cursor", next) + ">; rel=\"next\"");
  }

  private static DeliveryFilter.Result result(Fields query) {
    return new DeliveryFilter.Result(
        query.word("outcome", Outcome.words(), Outcome::find),
        query.integer("http_status", 100, 999),
        query.word("failed_reason", FailedReason.words(), FailedReason::find));
  }

  /** The state with this word; null if there is none or lists cannot be filtered by it. */
  static @Nullable DeliveryState listedState(String word) {
    return DeliveryState.listedWords().contains(word) ? DeliveryState.find(word) : null;
  }

  /** Reads {@code offer_id}, {@code postback_id}, {@code since} and {@code until}. */
  static DeliveryFilter filter(Fields fields, Set<DeliveryState> states) {
    Period period = period(fields);
    return new DeliveryFilter(
        fields.id("offer_id"), fields.id("postback_id"), states, period.since(), period.until());
  }

  /** Since inclusive, until exclusive; null for no bound. */
  record Period(@Nullable Instant since, @Nullable Instant until) {}

  /** Reads {@code since} and {@code until}. */
  static Period period(Fields fields) {
    Instant since = fields.instant("since");
    Instant until = fields.instant("until");
    if (since != null && until != null && !until.isAfter(since)) {
      fields.reject("until", "empty_range", "The time until must be after the time since.");
    }
    return new Period(since, until);
  }

  /** Reads {@code ref_id}. */
  static @Nullable String refId(Fields fields) {
    return fields.text("ref_id", MAX_REF_ID);
  }

  Response read(Request request) {
    String affiliateId = request.affiliateId();
    request.refuseQuery();
    Delivery delivery = deliveries.find(affiliateId, request.path("delivery_id"));
    if (delivery == null) {
      throw Problem.notFound("delivery");
    }
    return Response.json(200, DeliveryAnswer.of(delivery));
  }
}

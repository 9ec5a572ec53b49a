package com.natifico.postback.functions.api;

import com.natifico.postback.Page;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.DeliveryAnswer;
import com.natifico.postback.contract.input.ConversionReader;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes that read the delivery log. */
final class DeliveryRoutes {
  /**
   * In characters: Lambda's responses are limited to 6 MB, and a character may take several bytes.
   */
  private static final int MAX_TEXT = 1_500_000;

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
    DeliveryFilter filter = filter(query, state == null ? Set.of() : Set.of(state));
    String conversionId = ConversionReader.conversionId(query);
    Paging paging =
        Paging.finish(query, "deliveries/" + affiliateId + "/" + conversionId + "/" + filter);
    Page<Delivery> page =
        conversionId == null
            ? log.list(
                affiliateId, filter, DeliveryLog.Order.NEWEST_FIRST, paging.after(), paging.limit())
            : pageOf(deliveries.ofConversion(affiliateId, conversionId, filter), paging);
    return paging.answer(answerable(page), DeliveryAnswer::of);
  }

  /** The state with this word; null if there is none or lists cannot be filtered by it. */
  static @Nullable DeliveryState listedState(String word) {
    return DeliveryState.listedWords().contains(word) ? DeliveryState.find(word) : null;
  }

  /** Reads {@code offer_id}, {@code postback_id}, {@code since} and {@code until}. */
  static DeliveryFilter filter(Fields fields, Set<DeliveryState> states) {
    Instant since = fields.instant("since");
    Instant until = fields.instant("until");
    if (since != null && until != null && !until.isAfter(since)) {
      fields.reject("until", "empty_range", "The time until must be after the time since.");
    }
    return new DeliveryFilter(
        fields.id("offer_id"), fields.id("postback_id"), states, since, until);
  }

  private static Page<Delivery> pageOf(List<Delivery> newestFirst, Paging paging) {
    String after = paging.after();
    List<Delivery> rest =
        newestFirst.stream()
            .filter(delivery -> after == null || delivery.id().compareTo(after) < 0)
            .toList();
    return rest.size() <= paging.limit() ? new Page<>(rest, null) : upTo(rest, paging.limit());
  }

  /**
   * Shortens a page to what fits into Lambda's response: few deliveries have long bodies, but all
   * deliveries of a page may.
   */
  private static Page<Delivery> answerable(Page<Delivery> page) {
    int text = 0;
    for (int i = 0; i < page.items().size(); i++) {
      text += textOf(page.items().get(i));
      if (text > MAX_TEXT && i > 0) {
        return upTo(page.items(), i);
      }
    }
    return page;
  }

  private static Page<Delivery> upTo(List<Delivery> deliveries, int end) {
    List<Delivery> items = deliveries.subList(0, end);
    return new Page<>(items, items.getLast().id());
  }

  private static int textOf(Delivery delivery) {
    Callback callback = delivery.callback();
    String body = callback.request().body();
    int snippets =
        delivery.attempts().stream()
            .mapToInt(
                attempt ->
                    attempt.result().responseSnippet() == null
                        ? 0
                        : attempt.result().responseSnippet().length())
            .sum();
    return callback.request().url().length() + (body == null ? 0 : body.length()) + snippets;
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

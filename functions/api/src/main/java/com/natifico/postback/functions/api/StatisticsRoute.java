package com.natifico.postback.functions.api;

import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.StatisticsAnswer;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.statistics.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The exact numbers of an affiliate's deliveries. */
final class StatisticsRoute {
  /** About 4 MB, of the 6 MB that a response of Lambda may have. */
  private static final int MAX_ITEMS = 15_000;

  private final Statistics statistics;
  private final InstantSource clock;

  StatisticsRoute(Services services) {
    this.statistics = services.statistics();
    this.clock = services.clock();
  }

  Response read(Request request) {
    String affiliateId = request.affiliateId();
    Fields query = Fields.ofQuery(request.query());
    DeliveryRoutes.Period given = DeliveryRoutes.period(query);
    Statistics.Period wanted = query.word("by", Statistics.Period.words(), Statistics.Period::find);
    query.finish();
    Statistics.Period by = wanted == null ? Statistics.Period.HOUR : wanted;
    Instant until = given.until() == null ? clock.instant() : given.until();
    Instant since = given.since() == null ? until.minus(usual(by)) : given.since();
    List<Statistics.Item> items = statistics.report(affiliateId, since, until, by);
    if (items.size() > MAX_ITEMS) {
      query.reject(
          "since",
          "too_many_items",
          "The answer would have more than 15,000 items; ask for a shorter time or by day.");
      query.finish();
    }
    return Response.json(200, StatisticsAnswer.of(items));
  }

  /** How far the report goes back if {@code since} is not given. */
  private static Duration usual(Statistics.Period by) {
    return switch (by) {
      case HOUR -> Duration.ofHours(24);
      case DAY -> Duration.ofDays(30);
    };
  }
}

package com.natifico.postback.functions.api;

import com.natifico.postback.Ids;
import com.natifico.postback.acceptance.Backfill;
import com.natifico.postback.contract.AffiliateLimits;
import com.natifico.postback.contract.Cursor;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.BackfillAnswer;
import com.natifico.postback.contract.answer.ResendsAnswer;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemType;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.idempotency.Claim;
import com.natifico.postback.limit.LimitedCall;
import com.natifico.postback.postback.Postback;
import org.jspecify.annotations.Nullable;

/** Sends accepted events to a postback that has not had them. */
final class Backfills {
  private final Services services;
  private final Backfill backfill;
  private final AffiliateLimits limits;

  Backfills(Services services) {
    this.services = services;
    this.backfill =
        new Backfill(
            services.history(),
            services.postbacks(),
            services.log(),
            services.queue(),
            services.clock(),
            services.threads());
    this.limits = services.limits();
  }

  Named.Result create(Request request, Claim.Execute execution) {
    String affiliateId = request.affiliateId();
    Fields fields = Fields.of(Resends.withCursorOf(request.query(), request.json()));
    fields.require("postback_id");
    fields.require("since");
    String postbackId = fields.id("postback_id");
    DeliveryRoutes.Period period = DeliveryRoutes.period(fields);
    Boolean dryRun = fields.bool("dry_run");
    EventQuery query =
        new EventQuery(period.since(), period.until(), null, EventQuery.Order.OLDEST_FIRST);
    String list = "backfills/" + affiliateId + "/" + postbackId + "/" + query;
    String after = Paging.cursor(fields, list);
    Postback postback = find(affiliateId, postbackId);
    limits.count(affiliateId, LimitedCall.BACKFILL);
    if (dryRun == null || dryRun) {
      Backfill.Result result = backfill.count(postback, query, after);
      return Named.Result.of(
          Response.json(
              200,
              new BackfillAnswer(
                  result.count(),
                  result.examples().stream().map(BackfillAnswer.Example::of).toList(),
                  Cursor.encode(list, result.next()))));
    }
    Backfill.Result result = backfill.send(postback, query, after);
    return Named.Result.of(
        Response.json(202, new ResendsAnswer(result.count(), Cursor.encode(list, result.next()))));
  }

  private Postback find(String affiliateId, @Nullable String postbackId) {
    Postback postback =
        postbackId == null || !Ids.isValid(postbackId)
            ? null
            : services.postbacks().find(affiliateId, postbackId);
    if (postback == null || postback.isNotification()) {
      throw Problem.notFound("postback");
    }
    if (postback.isPaused()) {
      throw Problem.of(
          ProblemType.POSTBACK_PAUSED,
          "The postback is paused. Resume it, then send the back-fill.");
    }
    return postback;
  }
}

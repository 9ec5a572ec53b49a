package com.natifico.postback.functions.api;

import com.natifico.postback.Ids;
import com.natifico.postback.contract.AffiliateLimits;
import com.natifico.postback.contract.Cursor;
import com.natifico.postback.contract.Paging;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.DeliveryAnswer;
import com.natifico.postback.contract.answer.ResendsAnswer;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemType;
import com.natifico.postback.delivery.AttemptHistory;
import com.natifico.postback.delivery.BulkResend;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Resend;
import com.natifico.postback.idempotency.Claim;
import com.natifico.postback.limit.LimitedCall;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resends deliveries, one or many. */
final class Resends {
  private final Resend resend;
  private final BulkResend bulkResend;
  private final AffiliateLimits limits;

  Resends(Services services) {
    this.resend =
        new Resend(
            services.postbacks(),
            services.events(),
            services.log(),
            services.queue(),
            services.clock());
    this.bulkResend =
        new BulkResend(
            services.postbacks(),
            services.log(),
            services.queue(),
            resend,
            services.clock(),
            services.threads());
    this.limits = services.limits();
  }

  Response resend(Request request) {
    String affiliateId = request.affiliateId();
    request.refuseQuery();
    Resend.Mode mode = request.hasBody() ? mode(request.json()) : Resend.Mode.REPEATED;
    String deliveryId = request.path("delivery_id");
    if (!Ids.isValid(deliveryId)) {
      throw Problem.notFound("delivery");
    }
    limits.count(affiliateId, LimitedCall.RESEND);
    return switch (resend.resend(affiliateId, deliveryId, mode)) {
      case Resend.Result.Resent(Delivery delivery) ->
          Response.json(202, DeliveryAnswer.of(delivery));
      case Resend.Result.Unknown _ -> throw Problem.notFound("delivery");
      case Resend.Result.NotStarted _ ->
          throw Problem.of(
              ProblemType.NOT_FINISHED,
              "Its first attempt is still to come; there is nothing to resend.");
      case Resend.Result.Busy _ ->
          throw Problem.of(
              ProblemType.ATTEMPT_RUNNING,
              "An attempt is being made right now. Look again in a minute.");
      case Resend.Result.TooLarge _ ->
          throw Problem.of(ProblemType.REQUEST_TOO_LARGE, "Its request is too large to be sent.");
      case Resend.Result.AttemptsExhausted _ ->
          throw Problem.of(
              ProblemType.ATTEMPTS_EXHAUSTED,
              "It has had its "
                  + AttemptHistory.MAX_ATTEMPTS
                  + " attempts. Enter the conversion in the tracker by hand.");
      case Resend.Result.PostbackPaused _ ->
          throw Problem.of(
              ProblemType.POSTBACK_PAUSED, "Its postback is paused. Resume it, then resend.");
      case Resend.Result.PostbackDeleted _ ->
          throw Problem.of(ProblemType.POSTBACK_DELETED, "Its postback has been deleted.");
      case Resend.Result.QueueUnavailable _ -> throw Problem.unavailable();
    };
  }

  private static Resend.Mode mode(Input.Obj body) {
    Fields fields = Fields.of(body);
    boolean forced = Boolean.TRUE.equals(fields.bool("force"));
    fields.finish();
    return forced ? Resend.Mode.FORCED : Resend.Mode.REPEATED;
  }

  Named.Result resendAll(Request request, Claim.Execute execution) {
    String affiliateId = request.affiliateId();
    Fields fields = Fields.of(withCursorOf(request.query(), request.json()));
    fields.require("since");
    DeliveryFilter filter = DeliveryRoutes.filter(fields, states(fields));
    String list = "resends/" + affiliateId + "/" + filter;
    String after = Paging.cursor(fields, list);
    limits.count(affiliateId, LimitedCall.BULK_RESEND);
    BulkResend.Result result = bulkResend.resend(affiliateId, filter, after);
    return Named.Result.of(
        Response.json(202, new ResendsAnswer(result.count(), Cursor.encode(list, result.next()))));
  }

  /** The cursor may be in the query, as for lists, or in the body. */
  static Input.Obj withCursorOf(Input.Obj query, Input.Obj body) {
    Fields parameters = Fields.ofQuery(query);
    String cursor = parameters.anyText("cursor");
    if (cursor != null && body.members().containsKey("cursor")) {
      parameters.reject("cursor", "repeated", "Send the cursor in the query or in the body.");
    }
    parameters.finish();
    if (cursor == null) {
      return body;
    }
    Map<String, Input> members = new LinkedHashMap<>(body.members());
    members.put("cursor", new Input.Text(cursor));
    return new Input.Obj(members);
  }

  private static Set<DeliveryState> states(Fields fields) {
    List<Input> items = fields.list("states", 20);
    if (items == null) {
      return Set.of(DeliveryState.FAILED, DeliveryState.HELD);
    }
    Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
    for (int i = 0; i < items.size(); i++) {
      DeliveryState state = listed(items.get(i));
      if (state == null) {
        fields.reject(
            "states[" + i + "]",
            "invalid_value",
            "A state must be one of " + String.join(", ", DeliveryState.listedWords()) + ".");
      } else {
        states.add(state);
      }
    }
    if (items.isEmpty()) {
      fields.reject("states", "empty", "Name a state, or omit states to select failed and held.");
    }
    return states;
  }

  private static @Nullable DeliveryState listed(Input item) {
    return item instanceof Input.Text text ? DeliveryRoutes.listedState(text.value()) : null;
  }
}

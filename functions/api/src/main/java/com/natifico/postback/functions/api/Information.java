package com.natifico.postback.functions.api;

import com.natifico.postback.contract.OpenApi;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.HealthAnswer;
import com.natifico.postback.contract.answer.PageAnswer;
import com.natifico.postback.contract.answer.PostbackInformationAnswer;
import com.natifico.postback.contract.answer.ProblemTypeAnswer;
import com.natifico.postback.contract.answer.TrackerAnswer;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemType;
import com.natifico.postback.postback.AdPlatform;
import com.natifico.postback.postback.AdPlatforms;
import com.natifico.postback.postback.Tracker;
import com.natifico.postback.postback.Trackers;
import java.util.List;

/** The routes that are public. */
final class Information {
  private static final List<String> KINDS = List.of("tracker", "notification", "ad_platform");

  Response health(Request request) {
    return Response.json(200, new HealthAnswer("ok"));
  }

  Response openApi(Request request) {
    request.refuseQuery();
    return Response.constant("application/json", OpenApi.document());
  }

  Response macros(Request request) {
    request.refuseQuery();
    return Response.constant(PostbackInformationAnswer.whole());
  }

  /** {@code ?kind=} lists the messengers, which know no clicks, or the ad platforms. */
  Response trackers(Request request) {
    Fields query = Fields.ofQuery(request.query());
    String kind = query.word("kind", KINDS);
    query.finish();
    List<Tracker> trackers =
        switch (kind == null ? "tracker" : kind) {
          case "notification" -> Trackers.notifications();
          case "ad_platform" -> AdPlatforms.all().stream().map(AdPlatform::tracker).toList();
          default -> Trackers.all();
        };
    return Response.constant(PageAnswer.whole(trackers.stream().map(TrackerAnswer::of).toList()));
  }

  Response problem(Request request) {
    request.refuseQuery();
    ProblemType type = ProblemType.find(request.path("code"));
    if (type == null) {
      throw Problem.notFound("problem");
    }
    return Response.constant(ProblemTypeAnswer.of(type));
  }
}

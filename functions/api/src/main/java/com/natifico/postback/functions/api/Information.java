package com.natifico.postback.functions.api;

import com.natifico.postback.contract.OpenApi;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.HealthAnswer;
import com.natifico.postback.contract.answer.MacroAnswer;
import com.natifico.postback.contract.answer.PageAnswer;
import com.natifico.postback.contract.answer.TrackerAnswer;
import com.natifico.postback.macro.Macros;
import com.natifico.postback.postback.Trackers;

/** The routes that are public. */
final class Information {
  Response health(Request request) {
    return Response.json(200, new HealthAnswer("ok"));
  }

  Response openApi(Request request) {
    request.refuseQuery();
    return Response.constant("application/json", OpenApi.document());
  }

  Response macros(Request request) {
    request.refuseQuery();
    return Response.json(
        200, PageAnswer.whole(Macros.all().stream().map(MacroAnswer::of).toList()));
  }

  Response trackers(Request request) {
    request.refuseQuery();
    return Response.json(
        200, PageAnswer.whole(Trackers.all().stream().map(TrackerAnswer::of).toList()));
  }
}

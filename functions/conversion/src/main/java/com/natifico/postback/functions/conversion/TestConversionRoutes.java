package com.natifico.postback.functions.conversion;

import com.natifico.postback.Ids;
import com.natifico.postback.acceptance.TestConversions;
import com.natifico.postback.access.Caller;
import com.natifico.postback.access.Role;
import com.natifico.postback.contract.AffiliateLimits;
import com.natifico.postback.contract.Request;
import com.natifico.postback.contract.Response;
import com.natifico.postback.contract.answer.TestConversionAnswer;
import com.natifico.postback.contract.input.ConversionReader;
import com.natifico.postback.contract.input.Fields;
import com.natifico.postback.contract.input.TestConversionRequest;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.limit.LimitedCall;

/** The routes for test conversions of account managers and affiliates. */
final class TestConversionRoutes {
  private final TestConversions testConversions;
  private final AffiliateLimits limits;

  TestConversionRoutes(TestConversions testConversions, AffiliateLimits limits) {
    this.testConversions = testConversions;
    this.limits = limits;
  }

  /** POST /v1/test-conversions. */
  Response send(Request request) {
    request.refuseQuery();
    Fields fields = ConversionReader.sampleFields(request.json(), "");
    String affiliateId = affiliateId(request.caller(), fields);
    TestConversions.Request wanted =
        TestConversionRequest.read(affiliateId, testConversions.newId(), fields);
    limits.count(affiliateId, LimitedCall.TEST_CONVERSION);
    TestConversions.Report report = testConversions.send(wanted);
    if (report == null) {
      throw Problem.notFound("postback");
    }
    return answer(report);
  }

  /** GET /v1/test-conversions/{id}. */
  Response find(Request request) {
    Fields query = Fields.ofQuery(request.query());
    String affiliateId = affiliateId(request.caller(), query);
    query.finish();
    TestConversions.Report report =
        Ids.isValid(request.path("id"))
            ? testConversions.find(affiliateId, request.path("id"))
            : null;
    if (report == null) {
      throw Problem.notFound("test conversion");
    }
    return answer(report);
  }

  /** The affiliate in the request; an affiliate's own key does not need to name it. */
  private static String affiliateId(Caller caller, Fields fields) {
    String own = caller.affiliateId();
    if (caller.role() != Role.AFFILIATE || own == null) {
      fields.require("affiliate_id");
      String named = fields.id("affiliate_id");
      return named == null ? "" : named;
    }
    String named = fields.id("affiliate_id");
    if (named != null && !named.equals(own) && !named.equals("me")) {
      throw Problem.notFound("affiliate");
    }
    return own;
  }

  private Response answer(TestConversions.Report report) {
    return Response.json(200, TestConversionAnswer.of(report, testConversions.warnings(report)));
  }
}

package com.natifico.postback.functions.conversion;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.natifico.postback.access.Role;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.testing.HttpCalls;
import com.natifico.postback.fuzzing.Judgement;
import com.natifico.postback.fuzzing.Lines;
import com.natifico.postback.limit.Allowance;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.util.List;

/** Each input is a push: the route on the first line, then the query or the body. */
@SuppressWarnings("NullAway") // The handler does not read its context.
final class ConversionHostileInputTest {
  private static final String BY_QUERY = "GET /v1/conversions/postback";

  private static final List<String> ROUTES =
      List.of(
          BY_QUERY,
          "POST /v1/conversions",
          "POST /v1/conversions/batch",
          "POST /v1/test-conversions");

  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries({
    "\"conversion_id\":",
    "\"affiliate_id\":\"77\"",
    "\"offer_id\":\"1042\"",
    "\"status\":\"approved\"",
    "\"goal\":",
    "\"sum\":12.50",
    "\"occurred_at\":",
    "\"click_at\":",
    "{\"conversions\":[",
    "\"wait_seconds\":0",
    "\"postback_id\":\"p1\"",
    "\\ud800",
    "1e400",
    "conversion_id=",
    "&status=1",
    "%00",
    "null"
  })
  void answersEveryPush(byte[] input) {
    Lines lines = Lines.of(input);
    String route = lines.choose(0, ROUTES);
    World world = new World();
    world.given(Samples.postback("p1", "1042"));
    world.given(Samples.postback("p2", null));
    HttpCalls.Call call =
        new HttpCalls(
                event ->
                    new ConversionFunction(
                            new ConversionComposition(
                                world.acceptance,
                                world.testConversions,
                                (_, _) -> new Allowance.Granted(),
                                world.refused,
                                Metrics.NONE,
                                Log.errors()))
                        .handleRequest(event, null))
            .route(route)
            .as(route.contains("test") ? Role.MANAGER : Role.NETWORK);
    Judgement.judge(
        (route.equals(BY_QUERY) ? call.rawQuery(lines.from(1)) : call.body(lines.from(1)))
            .send()
            .response());
  }
}

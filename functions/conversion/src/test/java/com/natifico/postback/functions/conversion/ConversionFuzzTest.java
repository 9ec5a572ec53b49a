package com.natifico.postback.functions.conversion;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.access.Role;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.testing.HttpCalls;
import com.natifico.postback.aws.testing.HttpCalls.Answer;
import com.natifico.postback.limit.Allowance;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random pushes: never a 5xx, and every 4xx is a problem with an explanation. */
@SuppressWarnings("NullAway") // The handler does not read its context.
class ConversionFuzzTest {
  private static final List<String> FIELDS =
      Stream.concat(
              Stream.of(
                  "conversion_id",
                  "affiliate_id",
                  "offer_id",
                  "status",
                  "goal",
                  "occurred_at",
                  "click_at",
                  "wait_seconds",
                  "postback_id",
                  "conversions"),
              Macros.all().stream().map(Macro::name))
          .toList();

  private static final List<String> VALUES =
      List.of(
          "\"approved\"",
          "\"77\"",
          "\"c-1\"",
          "1",
          "12.50",
          "-0",
          "1e400",
          "99999999999999999999",
          "true",
          "null",
          "{}",
          "[]",
          "[{}]",
          "[null,1]",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"2026-11-02T14:03:09+02:00\"",
          "\"+999999999-01-01T00:00:00Z\"",
          "\"DE\"",
          "\"USD\"",
          "\"{ref_id}\"",
          "\"../..\"",
          '"' + "x".repeat(2000) + '"');

  private static final Map<String, String> USUAL =
      Map.of(
          "conversion_id", "\"c-1\"",
          "affiliate_id", "\"77\"",
          "offer_id", "\"1042\"",
          "status", "\"approved\"");

  private final World world = new World();
  private final HttpCalls calls =
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
                  .handleRequest(event, null));

  ConversionFuzzTest() {
    world.given(Samples.postback("p1", "1042"));
    world.given(Samples.postback("p2", null));
  }

  @Property(tries = 2_000)
  void anyFields(@ForAll("objects") String body, @ForAll("posts") String route) {
    check(
        calls
            .route(route)
            .as(route.contains("test") ? Role.MANAGER : Role.NETWORK)
            .body(body)
            .send());
  }

  @Property(tries = 1_000)
  void anyItemsOfABatch(@ForAll("objects") String item, @ForAll("objects") String other) {
    check(
        calls
            .route("POST /v1/conversions/batch")
            .as(Role.NETWORK)
            .body("{\"conversions\":[" + item + ',' + other + "]}")
            .send());
  }

  @Property(tries = 1_000)
  void anyText(@ForAll String body, @ForAll("posts") String route) {
    check(
        calls
            .route(route)
            .as(route.contains("test") ? Role.MANAGER : Role.NETWORK)
            .body(body)
            .send());
  }

  @Property(tries = 1_000)
  void anyQuery(@ForAll String query) {
    check(calls.route("GET /v1/conversions/postback").as(Role.NETWORK).rawQuery(query).send());
  }

  @Property(tries = 1_000)
  void anyFieldsOfAQuery(@ForAll("parameters") Map<String, String> parameters) {
    HttpCalls.Call call = calls.route("GET /v1/conversions/postback").as(Role.NETWORK);
    parameters.forEach(call::query);
    check(call.send());
  }

  private static void check(Answer answer) {
    assertTrue(answer.status() < 500, () -> answer.response().getBody());
    if (answer.status() >= 400) {
      assertFalse(answer.json().path("detail").asText().isEmpty());
      assertTrue(answer.json().path("errors").isArray());
    }
  }

  @Provide
  Arbitrary<String> posts() {
    return Arbitraries.of(
        "POST /v1/conversions", "POST /v1/conversions/batch", "POST /v1/test-conversions");
  }

  /**
   * Mostly complete conversions with some invalid fields, so that every stage of validation is
   * reached.
   */
  @Provide
  Arbitrary<String> objects() {
    Arbitrary<Map<String, String>> wrong =
        Arbitraries.maps(Arbitraries.of(FIELDS), Arbitraries.of(VALUES)).ofMaxSize(4);
    return Combinators.combine(Arbitraries.of(true, false), wrong)
        .as(
            (whole, fields) -> {
              Map<String, String> members = new HashMap<>(whole ? USUAL : Map.of());
              members.putAll(fields);
              return members.entrySet().stream()
                  .map(member -> '"' + member.getKey() + "\":" + member.getValue())
                  .collect(Collectors.joining(",", "{", "}"));
            });
  }

  @Provide
  Arbitrary<Map<String, String>> parameters() {
    return Arbitraries.maps(Arbitraries.of(FIELDS), Arbitraries.strings().ofMaxLength(40))
        .ofMaxSize(6);
  }
}

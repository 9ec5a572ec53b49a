package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.natifico.postback.access.Role;
import com.natifico.postback.testing.Samples;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Random input on every route: never a 5xx, and every 4xx is a problem. */
class FuzzTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final List<String> ROUTES =
      List.copyOf(Routes.of(new ApiHarness().services).keySet());

  private final ApiHarness api = new ApiHarness();

  FuzzTest() {
    api.postbacks.create(Samples.postback("p1", null));
    api.events.claim(Samples.event("c-1"));
    api.log.save(Samples.delivered(Samples.callback("c-1", "p1")));
  }

  @Property(tries = 1_500)
  void randomJson(
      @ForAll("routes") String route, @ForAll("objects") String body, @ForAll("roles") Role role) {
    send(route, role, Map.of(), "", body, Map.of(), false);
  }

  @Property(tries = 2_000)
  void garbage(
      @ForAll("routes") String route,
      @ForAll("texts") String body,
      @ForAll("roles") Role role,
      @ForAll boolean base64) {
    String sent =
        base64 ? Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_16)) : body;
    send(route, role, Map.of(), "", sent, Map.of(), base64);
  }

  @Property(tries = 3_000)
  void randomQueries(
      @ForAll("routes") String route, @ForAll("queries") String query, @ForAll("roles") Role role) {
    send(route, role, Map.of(), query, null, Map.of(), false);
  }

  @Property(tries = 3_000)
  void randomPathsAndHeaders(
      @ForAll("routes") String route,
      @ForAll("segments") String affiliateId,
      @ForAll("segments") String id,
      @ForAll("texts") String ifMatch,
      @ForAll("roles") Role role) {
    Map<String, String> path =
        Map.of(
            "affiliate_id", affiliateId,
            "postback_id", id,
            "delivery_id", id,
            "conversion_id", id,
            "key_id", id);
    send(route, role, path, "", "{}", Map.of("if-match", ifMatch), false);
  }

  private void send(
      String route,
      Role role,
      Map<String, String> path,
      String query,
      @Nullable String body,
      Map<String, String> headers,
      boolean base64) {
    APIGatewayV2HTTPResponse response =
        api.handle(
            APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRouteKey(route)
                .withRawQueryString(query)
                .withHeaders(headers)
                .withPathParameters(
                    path.isEmpty()
                        ? Map.of(
                            "affiliate_id", "77",
                            "postback_id", "p1",
                            "conversion_id", "c-1",
                            "delivery_id", Samples.callback("c-1", "p1").deliveryId(),
                            "key_id", "k1")
                        : path)
                .withBody(body)
                .withIsBase64Encoded(base64)
                .withRequestContext(
                    APIGatewayV2HTTPEvent.RequestContext.builder()
                        .withAuthorizer(
                            APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                                .withLambda(caller(role))
                                .build())
                        .build())
                .build());
    judge(response);
  }

  private static Map<String, Object> caller(Role role) {
    return role == Role.AFFILIATE
        ? Map.of("role", role.word(), "affiliate_id", "77", "key_id", "k0")
        : Map.of("role", role.word(), "key_id", "k0");
  }

  private static void judge(APIGatewayV2HTTPResponse response) {
    int status = response.getStatusCode();
    assertTrue(status < 500, response::getBody);
    if (status >= 400) {
      assertTrue(
          "application/problem+json".equals(response.getHeaders().get("content-type")),
          response::toString);
      JsonNode problem = parse(response.getBody());
      assertTrue(problem.get("status").asInt() == status);
      assertFalse(problem.get("detail").asText().isBlank());
      assertTrue(problem.get("errors").isArray());
    }
    // Lambda's serializer fails on unpaired surrogates, and then the gateway returns 500.
    LambdaEventSerializers.serializerFor(
            APIGatewayV2HTTPResponse.class, FuzzTest.class.getClassLoader())
        .toJson(response, new ByteArrayOutputStream());
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  @Provide
  Arbitrary<String> routes() {
    return Arbitraries.of(ROUTES);
  }

  @Provide
  Arbitrary<Role> roles() {
    return Arbitraries.of(Role.values());
  }

  /** Any UTF-16 text, including unpaired surrogates and control characters. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.strings()
            .withChars("{}[]\",:\\u0d8/*%&=W\"-. \t\n1e\ud800\udc00")
            .ofMaxLength(60),
        Arbitraries.of(
            "*", "\"1\"", "W/\"1\"", "\"1\",\"2\"", "{\"a\":1e999999}", "[".repeat(9_999)));
  }

  @Provide
  Arbitrary<String> segments() {
    return Arbitraries.oneOf(
        texts(),
        Arbitraries.of(
            "77",
            "me",
            "..",
            "p1",
            "c-1",
            "000000000-0000000000000000-00000000.p1",
            "zzzzzzzzz-zzzzzzzzzzzzzzzz-zzzzzzzz.zz",
            "0".repeat(64),
            "0".repeat(65)));
  }

  /** Objects that resemble requests, with valid and invalid values. */
  @Provide
  Arbitrary<String> objects() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "url",
                "method",
                "body",
                "content_type",
                "statuses",
                "goals",
                "offer_id",
                "also_global",
                "label",
                "state",
                "signing_secret",
                "conversion",
                "since",
                "until",
                "states",
                "postback_id",
                "cursor",
                "role",
                "affiliate_id"),
            texts());
    return Arbitraries.maps(names, values()).ofMaxSize(8).map(FuzzTest::object);
  }

  private static String object(Map<String, String> members) {
    List<String> written = new ArrayList<>();
    members.forEach((name, value) -> written.add(quoted(name) + ":" + value));
    return "{" + String.join(",", written) + "}";
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
    return json.append('"').toString();
  }

  private Arbitrary<String> values() {
    Arbitrary<String> plain =
        Arbitraries.oneOf(
            texts().map(FuzzTest::quoted),
            Arbitraries.of(
                "null",
                "true",
                "false",
                "0",
                "-1",
                "1e308",
                "12.50",
                "99999999999999999999999999",
                "\"https://t.example/?c={ref_id}&s={sum|multiply:0.5|scale:2}\"",
                "\"https://t.example/{date|format:yyyy-MM-dd,Europe/Berlin}\"",
                "\"http://[::ffff:127.0.0.1]/{x|y:z}\"",
                "\"https://u:p@t.example:99999/%7Bref_id%7D\"",
                "\"{\\\"a\\\": {sum}, \\\"b\\\": \\\"{city|upper}\\\"}\"",
                "\"POST\"",
                "\"GET\"",
                "\"application/json\"",
                "\"approved\"",
                "\"failed\"",
                "\"2026-11-02T14:03:09Z\"",
                "\"+999999999-12-31T23:59:59Z\"",
                "\"affiliate\"",
                "\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\""));
    return Arbitraries.oneOf(
        plain,
        plain.list().ofMaxSize(4).map(items -> "[" + String.join(",", items) + "]"),
        Arbitraries.maps(
                Arbitraries.of(
                    "sum", "status", "goal", "click_at", "occurred_at", "geo", "currency", "x"),
                plain)
            .ofMaxSize(4)
            .map(FuzzTest::object));
  }

  @Provide
  Arbitrary<String> queries() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "limit",
                "cursor",
                "offer_id",
                "postback_id",
                "conversion_id",
                "scope",
                "state",
                "since",
                "until"),
            texts());
    Arbitrary<String> values =
        Arbitraries.oneOf(
            texts(),
            Arbitraries.of(
                "1",
                "200",
                "0",
                "-1",
                "%",
                "%zz",
                "%ff",
                "%ED%A0%80",
                "global",
                "offer",
                "failed",
                "2026-11-02T14:03:09Z",
                "2026-11-02T14:03:09%2B02:00",
                "AAAA",
                "____"));
    Arbitrary<String> pairs =
        Arbitraries.maps(names, values)
            .ofMaxSize(4)
            .map(
                pairs2 -> {
                  List<String> written = new ArrayList<>();
                  pairs2.forEach((name, value) -> written.add(name + "=" + value));
                  return String.join("&", written);
                });
    return Arbitraries.oneOf(pairs, texts());
  }
}

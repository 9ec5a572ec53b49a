package com.natifico.postback.functions.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.Unavailable;
import com.natifico.postback.access.Role;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.testing.HttpCalls;
import com.natifico.postback.aws.testing.HttpCalls.Answer;
import com.natifico.postback.push.PushLog;
import com.natifico.postback.push.Refusal;
import com.natifico.postback.push.RefusedPush;
import com.natifico.postback.push.RefusedPushes;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // The handler does not read its context.
final class PushRecorderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY_ID = "k0000000000000000";
  private static final String GOOD =
      "{\"conversion_id\":\"c-1\",\"affiliate_id\":\"77\",\"offer_id\":\"1042\",\"status\":1}";
  private static final String BAD = GOOD.replace("\"status\":1", "\"sum\":\"12,50\"");

  private final World world = new World();
  private final HttpCalls calls = calls(world.refused);

  PushRecorderTest() {
    world.given(Samples.postback("p1", "1042"));
  }

  private HttpCalls calls(RefusedPushes refused) {
    return new HttpCalls(
        event ->
            new ConversionFunction(
                    new ConversionComposition(
                        world.acceptance,
                        world.testConversions,
                        world.limits,
                        refused,
                        Metrics.NONE,
                        Log.errors()))
                .handleRequest(event, null));
  }

  private HttpCalls.Call single() {
    return calls.route("POST /v1/conversions").as(Role.NETWORK);
  }

  private HttpCalls.Call batch() {
    return calls.route("POST /v1/conversions/batch").as(Role.NETWORK);
  }

  private HttpCalls.Call byUrl() {
    return calls.route("GET /v1/conversions/postback").as(Role.NETWORK);
  }

  /** What is in the push log, the newest first. */
  private List<Refusal> recorded() {
    return world.pushes.list(KEY_ID, Instant.EPOCH, null, 1_000).page().items().stream()
        .map(RefusedPush::refusal)
        .toList();
  }

  private Refusal one() {
    assertEquals(1, recorded().size());
    return recorded().getFirst();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  @Test
  void recordsARefusedPushWithItsProblem() {
    Answer answer = single().header("authorization", "Bearer local-network").body(BAD).send();

    assertEquals(422, answer.status());
    assertEquals("POST /v1/conversions", one().route());
    assertEquals(422, one().status());
    assertEquals(answer.json(), json(one().problem()));
    assertEquals(BAD, one().content());
  }

  @Test
  void recordsAForm() {
    String form = "conversion_id=c-1&affiliate_id=77&sum=12%2C50&Secure=local-network";
    Answer answer =
        single().header("content-type", "application/x-www-form-urlencoded").body(form).send();

    assertEquals(422, answer.status());
    assertEquals("conversion_id=c-1&affiliate_id=77&sum=12%2C50&Secure=[key]", one().content());
  }

  @Test
  void recordsAUrlWithoutTheKey() {
    Answer answer = byUrl().rawQuery("secure=local-network&conversion_id=c-1&status=odd").send();

    assertEquals(422, answer.status());
    assertEquals("GET /v1/conversions/postback", one().route());
    assertEquals("secure=[key]&conversion_id=c-1&status=odd", one().content());
  }

  @Test
  void recordsEachRefusedItemOfABatch() {
    String otherSum = GOOD.replace("\"status\":1", "\"status\":1,\"ref_id\":\"other\"");
    Answer answer =
        batch().body("{\"conversions\":[" + BAD + "," + GOOD + ",5," + otherSum + "]}").send();

    assertEquals(200, answer.status());
    List<Refusal> refusals = recorded();
    assertEquals(
        Set.of("5", BAD, otherSum), Set.copyOf(refusals.stream().map(Refusal::content).toList()));
    for (JsonNode result : answer.json().path("results")) {
      if (result.path("status").asInt() >= 400) {
        JsonNode problem = ((ObjectNode) result.deepCopy()).without("index");
        assertTrue(
            refusals.stream().anyMatch(refusal -> json(refusal.problem()).equals(problem)),
            problem.toString());
      }
    }
    assertEquals(Set.of(409, 422), Set.copyOf(refusals.stream().map(Refusal::status).toList()));
  }

  @Test
  void recordsABatchThatIsRefusedAsAWholeOnce() {
    assertEquals(400, batch().body("{\"conversions\":[").send().status());
    assertEquals("{\"conversions\":[", one().content());
  }

  @Test
  void recordsWhatTheBoundsOfAKeyExclude() {
    assertEquals(403, single().bounds("7", "192.0.2.0/24").body(GOOD).send().status());
    assertEquals(
        403, byUrl().bounds("1042", "203.0.113.0/24").rawQuery("conversion_id=c").send().status());
    assertEquals(List.of(403, 403), recorded().stream().map(Refusal::status).toList());
  }

  @Test
  void recordsConflictsAndBodiesThatAreTooLarge() {
    single().body(GOOD).send();
    assertEquals(409, single().body(GOOD.replace("1042", "7")).send().status());
    assertEquals(413, single().body("x".repeat(300_000)).send().status());
    assertEquals(Set.of(409, 413), Set.copyOf(recorded().stream().map(Refusal::status).toList()));
  }

  @Test
  void recordsBytesThatAreNoText() {
    for (String body : List.of("\u0000", "\uD800{", "{\"a\":\"\\ud800\"}", "\u0001\u0002", "")) {
      assertTrue(single().body(body).send().status() < 500);
    }
    assertEquals(5, recorded().size());
  }

  @Test
  void recordsNothingElse() {
    single().body(GOOD).send();
    single().body(GOOD).send();
    batch().body("{\"conversions\":[" + GOOD + "]}").send();
    calls.route("POST /v1/test-conversions").as(Role.MANAGER).body("{}").send();
    calls.route("POST /v1/conversions").as(Role.MANAGER).body("{}").send();

    assertEquals(List.of(), recorded());
  }

  @Test
  void recordsNoPushThatTheNetworkRepeats() {
    world.callbacks.refuse(_ -> true);

    assertEquals(503, single().body(GOOD).send().status());
    Answer answer = batch().body("{\"conversions\":[" + GOOD + "]}").send();

    assertEquals(503, answer.json().at("/results/0/status").asInt());
    assertEquals(List.of(), recorded());
  }

  /** The answer is the same, to the byte, whatever becomes of the record. */
  @Test
  void answersAsUsualIfTheLogFails() {
    PushLog broken =
        new PushLog() {
          @Override
          public int reserve(String keyId, Instant minute, int wanted, int notKept) {
            throw new Unavailable("throttled", null);
          }

          @Override
          public int save(List<RefusedPush> pushes) {
            throw new IllegalStateException("wrong");
          }

          @Override
          public Listed list(
              @Nullable String keyId, Instant since, @Nullable String after, int limit) {
            throw new Unavailable("throttled", null);
          }
        };
    List<String> logged = new ArrayList<>();
    HttpCalls failing =
        calls(new RefusedPushes(broken, world.clock, new Random(7), (what, _) -> logged.add(what)));
    for (String route : List.of("POST /v1/conversions", "POST /v1/conversions/batch")) {
      String body = route.endsWith("batch") ? "{\"conversions\":[" + BAD + "]}" : BAD;
      Answer usual = calls.route(route).as(Role.NETWORK).body(body).send();
      Answer answer = failing.route(route).as(Role.NETWORK).body(body).send();
      assertEquals(usual.status(), answer.status());
      assertEquals(usual.response().getHeaders(), answer.response().getHeaders());
      assertEquals(usual.response().getBody(), answer.response().getBody());
    }
    assertFalse(logged.isEmpty());
  }

  @Test
  void boundsWhatABatchLeaves() {
    String items =
        String.join(",", IntStream.range(0, 100).mapToObj(i -> "{\"sum\":" + i + "}").toList());
    batch().body("{\"conversions\":[" + items + "]}").send();
    assertEquals(30, recorded().size());
    assertEquals(70, world.pushes.list(KEY_ID, Instant.EPOCH, null, 1_000).notKept());
  }
}

package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.endtoend.Api.Answer;
import com.natifico.postback.local.LocalStack;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Tests the whole system on the real engines, from the ad network's push to the affiliate's
 * tracker.
 */
@Execution(ExecutionMode.CONCURRENT)
@OnEveryEngine(
    "RetrySchedule=1s,2s,4s EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0"
        + " SenderBatchWindowSeconds=0")
final class MainJobTest {
  private final LocalStack stack;
  private final TestTracker tracker;
  private final Api api;
  private final SqsClient sqs;

  private final String affiliate = "a" + UUID.randomUUID().toString().substring(0, 8);

  MainJobTest(Running running) {
    stack = running.stack();
    tracker = running.tracker();
    api = running.api();
    sqs = running.sqs();
  }

  private String postback(String json) {
    Answer answer = api.post("local-manager", "/v1/affiliates/" + affiliate + "/postbacks", json);
    assertEquals(201, answer.status(), answer.json().toString());
    return answer.json().path("postback_id").asText();
  }

  private static String conversion(String affiliate, String id, String offer, String more) {
    return """
        {"conversion_id":"%s","affiliate_id":"%s","offer_id":"%s","status":"approved"%s}
        """
        .formatted(id, affiliate, offer, more);
  }

  private Answer push(String id, String offer) {
    return push(
        conversion(
            affiliate, id, offer, ",\"ref_id\":\"w8J3kUG5\",\"sum\":12.50,\"city\":\"Köln\""));
  }

  private Answer push(String conversion) {
    return api.post("local-network", "/v1/conversions", conversion);
  }

  private JsonNode delivery(String id) {
    return api.get("local-manager", "/v1/affiliates/" + affiliate + "/deliveries/" + id).json();
  }

  private JsonNode awaitState(String deliveryId, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              JsonNode json = delivery(deliveryId);
              assertEquals(state, json.path("state").asText(), json.toString());
            });
    return delivery(deliveryId);
  }

  @Test
  void deliversBothConversionsOfTheMainExample() {
    String path = "/" + affiliate;
    postback("{\"url\":\"" + tracker.url(path + "/global?c={ref_id}&s={sum}&d={date}") + "\"}");
    String first =
        postback(
            "{\"offer_id\":\"1042\",\"url\":\""
                + tracker.url(path + "/one?c={ref_id}&s={sum}&city={city}")
                + "\"}");
    postback(
        "{\"offer_id\":\"1042\",\"url\":\""
            + tracker.url(path + "/two?c={ref_id}&s={sum}&os={os}")
            + "\"}");

    Answer own = push("c-1", "1042");
    Answer other = push("c-2", "2000");

    assertEquals(202, own.status(), own.json().toString());
    assertEquals(2, own.json().path("callbacks").size());
    assertEquals("replaced_by_offer_postback", own.json().at("/skipped/0/reason").asText());
    assertEquals(1, other.json().path("callbacks").size());
    for (JsonNode callback : own.json().path("callbacks")) {
      awaitState(callback.path("delivery_id").asText(), "delivered");
    }
    awaitState(other.json().at("/callbacks/0/delivery_id").asText(), "delivered");
    assertEquals(
        "c=w8J3kUG5&s=12.50&city=K%C3%B6ln", tracker.received(path + "/one").getFirst().query());
    assertEquals("c=w8J3kUG5&s=12.50&os=", tracker.received(path + "/two").getFirst().query());
    assertEquals(1, tracker.received(path + "/global").size());
    JsonNode log =
        api.get("local-manager", "/v1/affiliates/" + affiliate + "/deliveries?postback_id=" + first)
            .json();
    assertEquals(1, log.path("items").size());
    assertEquals("delivered", log.at("/items/0/attempts/0/outcome").asText());
  }

  @Test
  void deliversAtTheThirdAttempt() {
    String path = "/" + affiliate + "/flaky";
    tracker.answers(path, 500, 500);
    postback("{\"url\":\"" + tracker.url(path + "?c={ref_id}") + "\"}");

    String id = push("c-1", "1042").json().at("/callbacks/0/delivery_id").asText();

    JsonNode delivered = awaitState(id, "delivered");
    assertEquals(3, delivered.path("attempts").size());
    assertEquals(500, delivered.at("/attempts/1/http_status").asInt());
    assertEquals("delivered", delivered.at("/attempts/2/outcome").asText());
    assertEquals(3, tracker.received(path).size());
  }

  @Test
  void movesACallbackThatIsNeverAcceptedToTheDeadLetterQueue() {
    String path = "/" + affiliate + "/down";
    tracker.answers(path, Collections.nCopies(20, 500).toArray(Integer[]::new));
    postback("{\"url\":\"" + tracker.url(path + "?c={ref_id}") + "\"}");

    String id = push("c-1", "1042").json().at("/callbacks/0/delivery_id").asText();

    JsonNode failed = awaitState(id, "failed");
    assertEquals(4, failed.path("attempts").size(), "three waits make four attempts");
    String url = stack.queueUrls().get("DeadLetterQueue");
    List<Message> letters =
        sqs.receiveMessage(
                request -> request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(10))
            .messages();
    assertTrue(letters.stream().anyMatch(letter -> letter.body().contains(id)), letters.toString());
  }

  @Test
  void reportsARepeatAsADuplicateAndSendsNothing() {
    String path = "/" + affiliate + "/once";
    postback("{\"url\":\"" + tracker.url(path + "?c={ref_id}") + "\"}");
    Answer first = push("c-1", "1042");
    awaitState(first.json().at("/callbacks/0/delivery_id").asText(), "delivered");

    Answer repeat = push("c-1", "1042");

    assertEquals(200, repeat.status());
    assertTrue(repeat.json().path("duplicate").asBoolean());
    assertEquals(first.json().path("callbacks"), repeat.json().path("callbacks"));
    assertEquals(1, tracker.received(path).size());
  }

  @Test
  void reportsACorrectionWhereItIsWanted() {
    String path = "/" + affiliate + "/correct";
    String ignoring = postback("{\"url\":\"" + tracker.url(path + "/ignore?c={ref_id}") + "\"}");
    postback(
        "{\"revisions\":\"send\",\"url\":\""
            + tracker.url(path + "?s={sum}&by={sum_delta}&r={revision}")
            + "\"}");
    Answer first = push(conversion(affiliate, "c-1", "7", ",\"sum\":\"12.50\""));
    for (JsonNode callback : first.json().path("callbacks")) {
      awaitState(callback.path("delivery_id").asText(), "delivered");
    }

    Answer conflict = push(conversion(affiliate, "c-1", "7", ",\"sum\":\"10\""));
    Answer second = push(conversion(affiliate, "c-1", "7", ",\"sum\":\"10\",\"revision\":2"));

    assertEquals(409, conflict.status());
    assertTrue(conflict.json().path("detail").asText().contains("next revision"));
    assertEquals(202, second.status(), second.json().toString());
    assertEquals(2, second.json().path("revision").asInt());
    assertEquals("revision_ignored", second.json().at("/skipped/0/reason").asText());
    assertEquals(ignoring, second.json().at("/skipped/0/postback_id").asText());
    awaitState(second.json().at("/callbacks/0/delivery_id").asText(), "delivered");
    assertEquals(
        List.of("s=12.50&by=&r=1", "s=10&by=-2.50&r=2"),
        tracker.received(path).stream().map(TestTracker.Received::query).toList());
    assertEquals(1, tracker.received(path + "/ignore").size());
  }

  @Test
  void createsOneDeliveryForTwentyConcurrentPushes() throws Exception {
    String path = "/" + affiliate + "/race";
    postback("{\"url\":\"" + tracker.url(path + "?c={ref_id}") + "\"}");

    List<Answer> answers;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> pushes =
          threads.invokeAll(Collections.nCopies(20, () -> push("c-1", "1042")));
      answers = pushes.stream().map(Future::resultNow).toList();
    }

    assertEquals(
        Map.of(202, 1L, 200, 19L),
        answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting())));
    awaitState(answers.getFirst().json().at("/callbacks/0/delivery_id").asText(), "delivered");
    assertEquals(1, tracker.received(path).size());
  }

  @ParameterizedTest(name = "{0} {1} with ''{2}'': {3}")
  @CsvSource({
    "GET,  /v1/keys,             '',                 401",
    "GET,  /v1/keys,             nonsense,           403",
    "GET,  /v1/keys,             local-manager,      403",
    "GET,  /v1/keys,             local-admin,        200",
    "GET,  /health,              '',                 200",
    "GET,  /nowhere,             '',                 404",
    "GET,  /v1/affiliates/77/deliveries, local-affiliate-77, 200",
    "GET,  /v1/affiliates/me/deliveries, local-affiliate-77, 200",
    "GET,  /v1/affiliates/77/deliveries, local-affiliate-88, 404",
    "GET,  /v1/affiliates/77/deliveries, local-network,      403",
    "POST, /v1/conversions,      local-affiliate-77, 403",
    "POST, /v1/conversions,      local-network,      422",
  })
  void letsInWhomTheContractLetsIn(String method, String path, String key, int status) {
    assertEquals(status, api.send(method, key, path, method.equals("POST") ? "{}" : null).status());
  }

  @Test
  void acceptsAConversionAndItsKeyInTheQuery() {
    String path = "/" + affiliate + "/s2s";
    postback("{\"url\":\"" + tracker.url(path + "?c={ref_id}&s={sum}") + "\"}");

    Answer answer =
        api.get(
            "",
            "/v1/conversions/postback?conversion_id=c-9&affiliate_id="
                + affiliate
                + "&offer_id=1042&status=1&ref_id=abc&sum=3.50&secure=local-network");

    assertEquals(202, answer.status(), answer.json().toString());
    awaitState(answer.json().at("/callbacks/0/delivery_id").asText(), "delivered");
    assertEquals("c=abc&s=3.50", tracker.received(path).getFirst().query());
  }

  @Test
  void showsWhatATestConversionSent() {
    String path = "/" + affiliate + "/test";
    postback("{\"url\":\"" + tracker.url(path + "?c={ref_id}&t={is_test}") + "\"}");

    JsonNode report =
        api.post(
                "local-manager",
                "/v1/test-conversions",
                "{\"affiliate_id\":\"" + affiliate + "\",\"offer_id\":\"1042\"}")
            .json();

    assertTrue(report.path("complete").asBoolean(), report.toString());
    assertEquals(tracker.url(path + "?c=w8J3kUG5&t=1"), report.at("/deliveries/0/url").asText());
    assertEquals("OK", report.at("/deliveries/0/attempts/0/response_snippet").asText());
  }
}

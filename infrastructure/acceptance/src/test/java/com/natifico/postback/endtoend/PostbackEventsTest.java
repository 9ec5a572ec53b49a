package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.local.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The notifier publishes what happens to postbacks. */
@Execution(ExecutionMode.CONCURRENT)
@OnEveryEngine(
    "EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0 EventWindowSeconds=1"
        + " RetrySchedule=1s,1s,1s,1s,1s,1s"
        + " SenderSubnetIds=subnet-1,subnet-2 SenderSecurityGroupIds=sg-1")
final class PostbackEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String URL = "\"url\":\"http://127.0.0.1:1/?c={ref_id}\"";

  private final LocalStack stack;
  private final TestTracker tracker;
  private final Api api;
  private final String affiliate = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String postbacks = "/v1/affiliates/" + affiliate + "/postbacks";

  PostbackEventsTest(Running running) {
    stack = running.stack();
    tracker = running.tracker();
    api = running.api();
  }

  private String saved(String json) {
    JsonNode saved = api.post("local-manager", postbacks, json).json();
    assertEquals("active", saved.path("state").asText(), saved.toString());
    return saved.path("postback_id").asText();
  }

  private JsonNode put(String postbackId, String json) {
    Api.Answer answer = api.send("PUT", "local-manager", postbacks + "/" + postbackId, json);
    assertEquals(200, answer.status(), answer.json().toString());
    return answer.json();
  }

  /** Each once: a message is published again if its publication was not confirmed in time. */
  private List<JsonNode> events(String type) {
    return List.copyOf(
        stack.events("PostbackEvents").stream()
            .map(PostbackEventsTest::parsed)
            .filter(event -> event.path("affiliate_id").asText().equals(affiliate))
            .filter(event -> event.path("type").asText().equals(type))
            .collect(
                Collectors.toMap(
                    event -> event.path("id").asText(),
                    Function.identity(),
                    (first, again) -> first,
                    LinkedHashMap::new))
            .values());
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  private List<JsonNode> awaitEvents(String type, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> events(type).size() >= count);
    return events(type);
  }

  /** Once these events have arrived, everything written before has passed the notifier. */
  private List<JsonNode> eventsBeforeAMarker(String type) {
    String marker = saved("{" + URL + ",\"offer_id\":\"9\",\"label\":\"marker\"}");
    put(marker, "{" + URL + ",\"offer_id\":\"9\",\"state\":\"paused\"}");
    put(marker, "{" + URL + ",\"offer_id\":\"9\",\"state\":\"active\"}");
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              stack.runSchedules();
              return isReported("postback.paused", marker)
                  && isReported("postback.resumed", marker);
            });
    return events(type).stream().filter(event -> !isOnlyOf(event, marker)).toList();
  }

  private boolean isReported(String type, String postbackId) {
    return events(type).stream().anyMatch(event -> isAnyOf(event, postbackId));
  }

  private static boolean isAnyOf(JsonNode event, String postbackId) {
    return event.path("postback_ids").valueStream().anyMatch(id -> id.asText().equals(postbackId));
  }

  private static boolean isOnlyOf(JsonNode event, String postbackId) {
    return event.path("postback_ids").valueStream().allMatch(id -> id.asText().equals(postbackId));
  }

  private JsonNode push(String conversionId) {
    return api.post(
            "local-network",
            "/v1/conversions",
            "{\"conversion_id\":\""
                + conversionId
                + "\",\"affiliate_id\":\""
                + affiliate
                + "\",\"offer_id\":\"1042\",\"status\":\"approved\",\"ref_id\":\"w8J3\"}")
        .json();
  }

  @Test
  void publishesOneEventWhenAnEndpointIsGone() {
    String path = "/" + affiliate;
    tracker.answers(path, 410, 410, 410);
    String postback =
        saved("{\"url\":\"" + tracker.url(path + "?c={ref_id}") + "\",\"offer_id\":\"1042\"}");
    for (int i = 0; i < 3; i++) {
      push("c-" + i);
    }

    awaitEvents("postback.paused", 1);
    List<JsonNode> events = eventsBeforeAMarker("postback.paused");

    assertEquals(1, events.size(), events.toString());
    JsonNode event = events.getFirst();
    assertEquals("postback.paused", event.path("type").asText());
    assertEquals(postback, event.path("postback_id").asText());
    assertEquals("1042", event.path("offer_id").asText());
    assertEquals("gone", event.path("reason").asText());
    assertTrue(!event.path("id").asText().isEmpty(), "the id by which consumers drop repeats");
    JsonNode paused = api.get("local-manager", postbacks + "/" + postback).json();
    assertEquals(paused.path("updated_at").asText(), event.path("at").asText());
  }

  @Test
  void publishesOneEventWhenAPostbackIsPausedByHand() {
    String postback = saved("{" + URL + "}");

    put(postback, "{" + URL + ",\"state\":\"paused\"}");
    long paused = System.nanoTime();
    awaitEvents("postback.paused", 1);
    Duration latency = Duration.ofNanos(System.nanoTime() - paused);
    List<JsonNode> events = eventsBeforeAMarker("postback.paused");

    assertEquals(1, events.size(), events.toString());
    assertEquals(postback, events.getFirst().path("postback_id").asText());
    assertEquals("by_hand", events.getFirst().path("reason").asText());
    assertTrue(events.getFirst().path("offer_id").isNull(), "the postback is global");
    assertTrue(latency.compareTo(Duration.ofSeconds(2)) < 0, latency.toString());
  }

  @Test
  void publishesAResumptionAndNothingForAnEdit() {
    String edited = saved("{" + URL + "}");
    put(edited, "{" + URL + ",\"label\":\"edited\"}");
    String resumed = saved("{" + URL + ",\"offer_id\":\"1042\"}");
    put(resumed, "{" + URL + ",\"offer_id\":\"1042\",\"state\":\"paused\"}");
    put(resumed, "{" + URL + ",\"offer_id\":\"1042\",\"state\":\"paused\",\"label\":\"edited\"}");
    put(resumed, "{" + URL + ",\"offer_id\":\"1042\",\"state\":\"active\"}");
    api.send("DELETE", "local-manager", postbacks + "/" + edited, null);
    awaitEvents("postback.resumed", 1);

    eventsBeforeAMarker("postback.paused");

    for (String type : List.of("postback.paused", "postback.resumed")) {
      List<JsonNode> events =
          events(type).stream()
              .filter(event -> isAnyOf(event, resumed) || isAnyOf(event, edited))
              .toList();
      assertEquals(1, events.size(), "exactly one: " + events);
      assertEquals(resumed, events.getFirst().path("postback_id").asText());
    }
  }

  @Test
  void publishesNothingForAPostbackCreatedPaused() {
    api.post("local-manager", postbacks, "{" + URL + ",\"state\":\"paused\"}");

    assertEquals(List.of(), eventsBeforeAMarker("postback.paused"));
  }

  @Test
  void publishesThatAPostbackFailsAndThatItHasRecovered() {
    String path = "/" + affiliate;
    tracker.answers(path, 500, 500, 500, 500, 500);
    String postback =
        saved(
            "{\"url\":\""
                + tracker.url(path + "?c={ref_id}")
                + "\",\"offer_id\":\"1042\",\"label\":\"main\"}");

    push("c-1");

    for (String type : List.of("postback.failing", "postback.recovered")) {
      JsonNode event = awaitEvents(type, 1).getFirst();
      assertEquals(postback, event.path("postback_id").asText());
      assertEquals("1042", event.path("offer_id").asText());
      assertEquals("main", event.path("label").asText());
      assertEquals(1, event.path("count").asInt());
    }
    assertEquals(List.of(), eventsBeforeAMarker("postback.exhausted"));
    assertEquals(1, events("postback.failing").size());
  }

  @Test
  void publishesWhatIsExhaustedAndWhatIsHeld() {
    String path = "/" + affiliate;
    tracker.answers(path, 500, 500, 500, 500, 500, 500, 500);
    String json = "{\"url\":\"" + tracker.url(path + "?c={ref_id}") + "\",\"offer_id\":\"1042\"";
    String postback = saved(json + "}");
    push("c-1");

    JsonNode exhausted = awaitEvents("postback.exhausted", 1).getFirst();
    put(postback, json + ",\"state\":\"paused\"}");
    push("c-2");
    JsonNode held = awaitEvents("postback.held", 1).getFirst();

    assertEquals("http_error", exhausted.path("reason").asText());
    assertEquals(postback, exhausted.path("postback_id").asText());
    assertEquals("by_hand", held.path("reason").asText());
    assertEquals(postback, held.path("postback_id").asText());
  }

  /** What a subscriber by e-mail would get a thousand times otherwise. */
  @Test
  void publishesTogetherWhatFollowsSoon() {
    for (int i = 0; i < 20; i++) {
      String json = "{" + URL + ",\"offer_id\":\"" + i + "\"";
      put(saved(json + "}"), json + ",\"state\":\"paused\"}");
    }

    List<JsonNode> events = eventsBeforeAMarker("postback.paused");

    int count =
        events("postback.paused").stream().mapToInt(event -> event.path("count").asInt()).sum();
    assertEquals(21, count, events.toString());
    assertTrue(events.size() < 10, events.size() + " messages");
  }

  @Test
  void publishesNothingAgainAfterARestart(@TempDir Path data) {
    for (String name : List.of("first", "second")) {
      try (LocalStack kept =
          LocalStack.start(
              Path.of(System.getProperty("project.root")),
              Map.of(
                  "PORT",
                  "0",
                  "DEMO",
                  "false",
                  "DATA_DIR",
                  data.toString(),
                  "PARAMETER_OVERRIDES",
                  "EventWindowSeconds=1"))) {
        Api itsApi = new Api(kept.port());
        String json = "{\"url\":\"https://tracker.example/" + name + "\"";
        String postback =
            itsApi.post("local-manager", postbacks, json + "}").json().path("postback_id").asText();
        itsApi.send(
            "PUT", "local-manager", postbacks + "/" + postback, json + ",\"state\":\"paused\"}");

        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> {
                  kept.runSchedules();
                  return !kept.events("PostbackEvents").isEmpty();
                });
        List<String> events = kept.events("PostbackEvents");
        assertEquals(1, events.size(), name + " run: " + events);
        assertEquals(postback, parsed(events.getFirst()).path("postback_id").asText());
      }
    }
  }
}

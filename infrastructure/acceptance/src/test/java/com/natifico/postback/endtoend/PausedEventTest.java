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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The pipes of template.yaml publish an event for each pause. */
@Execution(ExecutionMode.CONCURRENT)
@OnEveryEngine(
    "EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0"
        + " SenderSubnetIds=subnet-1,subnet-2 SenderSecurityGroupIds=sg-1")
final class PausedEventTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String URL = "\"url\":\"http://127.0.0.1:1/?c={ref_id}\"";

  private final LocalStack stack;
  private final TestTracker tracker;
  private final Api api;
  private final String affiliate = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String postbacks = "/v1/affiliates/" + affiliate + "/postbacks";

  PausedEventTest(Running running) {
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

  private List<JsonNode> events() {
    return stack.events("PostbackEvents").stream()
        .map(PausedEventTest::parsed)
        .filter(event -> event.path("affiliate_id").asText().equals(affiliate))
        .toList();
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  private void awaitEvents(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> events().size() >= count);
  }

  /** Once this event has arrived, everything written before has passed the pipes. */
  private List<JsonNode> eventsBeforeAMarker() {
    String global = saved("{" + URL + ",\"label\":\"marker\"}");
    String own = saved("{" + URL + ",\"offer_id\":\"9\",\"label\":\"marker\"}");
    put(global, "{" + URL + ",\"state\":\"paused\"}");
    put(own, "{" + URL + ",\"offer_id\":\"9\",\"state\":\"paused\"}");
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> events().stream().filter(event -> isOf(event, global, own)).count() == 2);
    return events().stream().filter(event -> !isOf(event, global, own)).toList();
  }

  private static boolean isOf(JsonNode event, String... postbackIds) {
    return List.of(postbackIds).contains(event.path("postback_id").asText());
  }

  @Test
  void publishesOneEventWhenAnEndpointIsGone() {
    String path = "/" + affiliate;
    tracker.answers(path, 410, 410, 410);
    String postback =
        saved("{\"url\":\"" + tracker.url(path + "?c={ref_id}") + "\",\"offer_id\":\"1042\"}");
    for (int i = 0; i < 3; i++) {
      api.post(
          "local-network",
          "/v1/conversions",
          "{\"conversion_id\":\"c-"
              + i
              + "\",\"affiliate_id\":\""
              + affiliate
              + "\",\"offer_id\":\"1042\",\"status\":\"approved\",\"ref_id\":\"w8J3\"}");
    }

    awaitEvents(1);
    List<JsonNode> events = eventsBeforeAMarker();

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
    awaitEvents(1);
    Duration latency = Duration.ofNanos(System.nanoTime() - paused);
    List<JsonNode> events = eventsBeforeAMarker();

    assertEquals(1, events.size(), events.toString());
    assertEquals(postback, events.getFirst().path("postback_id").asText());
    assertEquals("by_hand", events.getFirst().path("reason").asText());
    assertTrue(events.getFirst().path("offer_id").isNull(), "the postback is global");
    assertTrue(latency.compareTo(Duration.ofSeconds(2)) < 0, latency.toString());
  }

  @Test
  void publishesNothingForAnEditOrAResumption() {
    String edited = saved("{" + URL + "}");
    put(edited, "{" + URL + ",\"label\":\"edited\"}");
    String resumed = saved("{" + URL + ",\"offer_id\":\"1042\"}");
    put(resumed, "{" + URL + ",\"offer_id\":\"1042\",\"state\":\"paused\"}");
    put(resumed, "{" + URL + ",\"offer_id\":\"1042\",\"state\":\"paused\",\"label\":\"edited\"}");
    put(resumed, "{" + URL + ",\"offer_id\":\"1042\",\"state\":\"active\"}");
    api.send("DELETE", "local-manager", postbacks + "/" + edited, null);

    List<JsonNode> events = eventsBeforeAMarker();

    assertEquals(1, events.size(), "exactly one pause: " + events);
    assertEquals(resumed, events.getFirst().path("postback_id").asText());
  }

  @Test
  void publishesNothingForAPostbackCreatedPaused() {
    api.post("local-manager", postbacks, "{" + URL + ",\"state\":\"paused\"}");

    assertEquals(List.of(), eventsBeforeAMarker());
  }

  @Test
  void publishesNothingAgainAfterARestart(@TempDir Path data) {
    for (String name : List.of("first", "second")) {
      try (LocalStack kept =
          LocalStack.start(
              Path.of(System.getProperty("project.root")),
              Map.of("PORT", "0", "DEMO", "false", "DATA_DIR", data.toString()))) {
        Api itsApi = new Api(kept.port());
        String json = "{\"url\":\"https://tracker.example/" + name + "\"";
        String postback =
            itsApi.post("local-manager", postbacks, json + "}").json().path("postback_id").asText();
        itsApi.send(
            "PUT", "local-manager", postbacks + "/" + postback, json + ",\"state\":\"paused\"}");

        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> !kept.events("PostbackEvents").isEmpty());
        List<String> events = kept.events("PostbackEvents");
        assertEquals(1, events.size(), name + " run: " + events);
        assertEquals(postback, parsed(events.getFirst()).path("postback_id").asText());
      }
    }
  }
}

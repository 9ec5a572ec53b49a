package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.local.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An affiliate's notifications arrive at its own endpoint. */
@Execution(ExecutionMode.CONCURRENT)
@OnEveryEngine("EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0 EventWindowSeconds=1")
final class NotifyingTest {
  private final LocalStack stack;
  private final TestTracker tracker;
  private final Api api;
  private final String affiliate = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String path = "/v1/affiliates/" + affiliate;

  NotifyingTest(Running running) {
    stack = running.stack();
    tracker = running.tracker();
    api = running.api();
  }

  private JsonNode saved(String collection, String json) {
    Api.Answer answer = api.post("local-manager", path + "/" + collection, json);
    assertEquals(201, answer.status(), answer.json().toString());
    return answer.json();
  }

  private List<TestTracker.Received> awaitReceived(String at, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              stack.runSchedules();
              return tracker.received(at).size() >= count;
            });
    return tracker.received(at);
  }

  private JsonNode deliveries() {
    return api.get("local-manager", path + "/deliveries").json().path("items");
  }

  @Test
  void tellsOfAPauseWithASecretInTheHeader() {
    String gone = "/gone-" + affiliate;
    String relay = "/relay-" + affiliate;
    tracker.answers(gone, 410);
    JsonNode notification =
        saved(
            "notifications",
            """
            {"events": ["paused"], "method": "POST", "url": "%s",
             "body": "{\\"text\\": \\"{label} {event}: {reason}\\", \\"id\\": \\"{postback_id}\\", \\"n\\": {count}}",
             "headers": {"X-Key": "{secret.key}"}, "secrets": {"key": "s3cret"}}
            """
                .formatted(tracker.url(relay)));
    JsonNode postback =
        saved(
            "postbacks",
            "{\"url\": \"%s?c={ref_id}\", \"label\": \"main\"}".formatted(tracker.url(gone)));

    api.post(
        "local-network",
        "/v1/conversions",
        "{\"conversion_id\":\"c-1\",\"affiliate_id\":\"%s\",\"offer_id\":\"1\",\"status\":\"approved\"}"
            .formatted(affiliate));

    TestTracker.Received received = awaitReceived(relay, 1).getFirst();
    assertEquals(
        "{\"text\": \"main paused: gone\", \"id\": \"%s\", \"n\": 1}"
            .formatted(postback.path("postback_id").asText()),
        received.body());
    assertEquals("s3cret", received.headers().get("x-key"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                deliveries()
                    .valueStream()
                    .anyMatch(
                        each ->
                            each.path("postback_id").equals(notification.path("notification_id"))
                                && each.path("state").asText().equals("delivered")));
    assertFalse(deliveries().toString().contains("s3cret"));
  }

  /** Its endpoint is gone, so the notification is paused, and no notification reports that. */
  @Test
  void pausesANotificationWithoutNotifying() {
    String broken = "/broken-" + affiliate;
    String relay = "/relay-" + affiliate;
    tracker.answers(broken, 410);
    String all =
        "{\"events\": [\"paused\", \"resumed\", \"failing\", \"recovered\", \"held\","
            + " \"exhausted\"], \"url\": \"%s?e={event}\"}";
    JsonNode first = saved("notifications", all.formatted(tracker.url(broken)));
    saved("notifications", all.formatted(tracker.url(relay)));
    String json = "{\"url\": \"https://tracker.example/?c={ref_id}\"";
    String postback =
        path + "/postbacks/" + saved("postbacks", json + "}").path("postback_id").asText();

    api.send("PUT", "local-manager", postback, json + ",\"state\": \"paused\"}");
    awaitReceived(relay, 1);
    String notification = path + "/notifications/" + first.path("notification_id").asText();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                api.get("local-manager", notification)
                    .json()
                    .path("state")
                    .asText()
                    .equals("paused"));
    api.send("PUT", "local-manager", postback, json + ",\"state\": \"active\"}");

    List<TestTracker.Received> received = awaitReceived(relay, 2);
    assertEquals(
        List.of("e=paused", "e=resumed"),
        received.stream().map(TestTracker.Received::query).toList());
    assertEquals(1, tracker.received(broken).size(), "what is paused is held");
    assertTrue(
        stack.events("PostbackEvents").stream()
            .noneMatch(event -> event.contains(first.path("notification_id").asText())));
  }
}

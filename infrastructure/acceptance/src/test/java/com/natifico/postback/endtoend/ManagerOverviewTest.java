package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.endtoend.Api.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An account manager finds what needs attention without opening each affiliate. */
@OnEveryEngine(
    "RetrySchedule=1s,1s,1s,1s,1s EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0"
        + " SenderBatchWindowSeconds=0 StatisticsWindowSeconds=0")
final class ManagerOverviewTest {
  private final TestTracker tracker;
  private final Api api;

  ManagerOverviewTest(Running running) {
    tracker = running.tracker();
    api = running.api();
  }

  private String postback(String affiliateId, String path, String more) {
    Answer made =
        api.post(
            "local-manager",
            "/v1/affiliates/" + affiliateId + "/postbacks",
            "{\"url\":\"" + tracker.url(path) + "\"" + more + "}");
    assertEquals(201, made.status(), made.json().toString());
    return made.json().path("postback_id").asText();
  }

  private void push(String affiliateId, String conversionId) {
    Answer pushed =
        api.post(
            "local-network",
            "/v1/conversions",
            "{\"conversion_id\":\"%s\",\"affiliate_id\":\"%s\",\"offer_id\":\"1\",\"status\":\"approved\"}"
                .formatted(conversionId, affiliateId));
    assertEquals(202, pushed.status(), pushed.json().toString());
  }

  private List<String> attention() {
    return api.get("local-manager", "/v1/attention?limit=200")
        .json()
        .path("items")
        .valueStream()
        .filter(item -> item.path("affiliate_id").asText().startsWith("mo-"))
        .map(
            item ->
                "%s %s %s %d %d"
                    .formatted(
                        item.path("postback_id").asText(),
                        item.path("why").asText(),
                        item.path("reason").asText(),
                        item.path("held").asLong(),
                        item.path("failed_24h").asLong()))
        .toList();
  }

  private List<String> affiliates() {
    return api.get("local-manager", "/v1/affiliates?prefix=mo-")
        .json()
        .path("items")
        .valueStream()
        .map(JsonNode::toString)
        .toList();
  }

  private static String affiliate(String id, int postbacks, int delivered, int failed) {
    return "{\"affiliate_id\":\"%s\",\"postbacks\":%d,\"delivered_24h\":%d,\"failed_24h\":%d}"
        .formatted(id, postbacks, delivered, failed);
  }

  @Test
  void findsWhatIsPausedAndFailingOverAllAffiliates() {
    postback("mo-1", "/fine", "");
    String failing = postback("mo-2", "/failing", "");
    String paused = postback("mo-3", "/paused", ",\"state\":\"paused\"");
    String gone = postback("mo-4", "/gone", "");
    tracker.answers("/failing", 500, 500, 500, 500, 500, 500);
    tracker.answers("/gone", 410);
    for (String affiliateId : List.of("mo-1", "mo-2", "mo-3", "mo-4", "mo-5")) {
      push(affiliateId, "c-1");
    }

    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              assertEquals(
                  List.of(
                      gone + " paused gone 0 1",
                      failing + " failing null 0 1",
                      paused + " paused by_hand 1 0"),
                  attention());
              assertEquals(
                  List.of(
                      affiliate("mo-1", 1, 1, 0),
                      affiliate("mo-2", 1, 0, 1),
                      affiliate("mo-3", 1, 0, 0),
                      affiliate("mo-4", 1, 0, 1),
                      affiliate("mo-5", 0, 0, 0)),
                  affiliates());
            });
  }
}

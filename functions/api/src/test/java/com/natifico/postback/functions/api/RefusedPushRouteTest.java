package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.natifico.postback.access.NewKey;
import com.natifico.postback.access.Permissions;
import com.natifico.postback.access.Role;
import com.natifico.postback.push.Refusal;
import com.natifico.postback.push.RefusedPushes;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RefusedPushRouteTest {
  private static final String PROBLEM =
      """
      {"type":"urn:natifico:postback:problem:invalid","title":"Some fields are invalid",\
      "status":422,"detail":"Wrong.","help":"/v1/problems/invalid","errors":[{"field":"sum",\
      "code":"invalid_number","message":"Wrong."}]}""";

  private final ApiHarness api = new ApiHarness();
  private final RefusedPushes pushes =
      new RefusedPushes(
          api.pushes,
          () -> api.now,
          new Random(7),
          (what, why) -> {
            throw new AssertionError(what, why);
          });

  private void refused(String keyId, int count, String content, boolean truncated) {
    Refusal refusal = new Refusal("POST /v1/conversions", 422, PROBLEM, content, truncated);
    pushes.record(keyId, Collections.nCopies(count, () -> refusal));
  }

  private static List<String> contents(JsonNode list) {
    return list.path("items").valueStream().map(item -> item.path("content").asText()).toList();
  }

  @Test
  void showsWhatWasRefusedAsItWasAnswered() {
    NewKey key =
        NewKey.issue(new Permissions(Role.NETWORK, null), "Acme", Samples.NOW, new Random(7));
    api.keys.save(key.stored());
    refused(key.stored().keyId(), 1, "{\"sum\":\"x\"}", true);

    assertEquals(
        "{\"items\":[{\"at\":\"2026-11-02T14:03:09.250Z\",\"route\":\"POST /v1/conversions\","
            + "\"key_id\":\""
            + key.stored().keyId()
            + "\",\"key_label\":\"Acme\",\"status\":422,\"problem\":"
            + PROBLEM
            + ",\"content\":\"{\\\"sum\\\":\\\"x\\\"}\",\"truncated\":true}],"
            + "\"next\":null,\"not_kept\":0}",
        api.as("manager").get("/v1/pushes?outcome=refused").expect(200).text());
  }

  @Test
  void aManagerSeesAllKeysAndANetworkItsOwn() {
    refused("k0", 1, "own", false);
    api.advance(Duration.ofMillis(1));
    refused("k9", 31, "other", false);

    JsonNode all = api.as("manager").get("/v1/pushes").expect(200).json();
    assertEquals(31, all.path("items").size());
    assertEquals(1, all.path("not_kept").asInt());
    assertEquals("own", contents(all).getLast());
    assertTrue(all.at("/items/0/key_label").isNull());
    assertEquals(List.of("own"), contents(api.as("manager").get("/v1/pushes?key_id=k0").json()));

    JsonNode own = api.as("network").get("/v1/pushes").expect(200).json();
    assertEquals(List.of("own"), contents(own));
    assertEquals(0, own.path("not_kept").asInt());
    assertEquals(List.of("own"), contents(api.as("network").get("/v1/pushes?key_id=k0").json()));
    assertEquals("not_found", api.as("network").get("/v1/pushes?key_id=k9").expect(404).problem());
  }

  @Test
  void aCursorBelongsToItsKey() {
    refused("k0", 2, "own", false);
    refused("k9", 2, "other", false);
    String next =
        api.as("manager").get("/v1/pushes?key_id=k9&limit=1").json().path("next").asText();
    api.as("manager").get("/v1/pushes?key_id=k9&cursor=" + next).expect(200);
    api.as("manager").get("/v1/pushes?cursor=" + next).expect(422);
    api.as("network").get("/v1/pushes?cursor=" + next).expect(422);
  }

  @Test
  void listsInPagesSinceATime() {
    for (int i = 0; i < 5; i++) {
      refused("k0", 31, "m" + i, false);
      api.advance(Duration.ofMinutes(1));
    }
    Instant since = Samples.NOW.plusSeconds(60);
    String path = "/v1/pushes?since=" + since + "&limit=100";
    JsonNode first = api.as("network").get(path).expect(200).json();
    JsonNode second = api.as("network").get(path + "&cursor=" + first.path("next").asText()).json();
    assertEquals(100, first.path("items").size());
    assertEquals(20, second.path("items").size());
    assertEquals("m1", contents(second).getLast());
    assertEquals(4, first.path("not_kept").asInt() + second.path("not_kept").asInt());
    assertTrue(second.path("next").isNull());
  }

  @Test
  void showsNothingThatIsOlderThanAWeekAlthoughItIsStillStored() {
    refused("k0", 31, "old", false);
    api.advance(Duration.ofDays(7).plusMinutes(1));
    refused("k0", 1, "new", false);
    for (String query : List.of("", "?since=2026-01-01T00:00:00Z")) {
      JsonNode list = api.as("manager").get("/v1/pushes" + query).expect(200).json();
      assertEquals(List.of("new"), contents(list));
      assertEquals(0, list.path("not_kept").asInt());
    }
  }

  @Test
  void refusesOtherOutcomesAndParameters() {
    assertEquals(
        List.of("outcome invalid_value"),
        api.as("manager").get("/v1/pushes?outcome=accepted").expect(422).errors());
    api.as("manager").get("/v1/pushes?key_id=a%20b").expect(422);
    api.as("manager").get("/v1/pushes?since=yesterday").expect(422);
    api.as("manager").get("/v1/pushes?until=2026-11-02T14:03:09Z").expect(422);
    assertEquals(403, api.affiliate("77").get("/v1/pushes").status());
    assertEquals(403, api.as("admin").get("/v1/pushes").status());
  }

  /** Lambda limits a response to 6 MB. */
  @Test
  void thePageOfTheLargestPushesFitsIntoAnAnswer() throws Exception {
    String detail = "\\u0001".repeat(4_096 / 6 - 100);
    String problem = PROBLEM.replace("\"detail\":\"Wrong.", "\"detail\":\"" + detail);
    for (int i = 0; i < 7; i++) {
      Refusal largest =
          new Refusal("POST /v1/conversions", 422, problem, "\u0001".repeat(2_048), true);
      pushes.record("k0", Collections.nCopies(30, () -> largest));
      api.advance(Duration.ofMinutes(1));
    }
    String answer = api.as("manager").get("/v1/pushes?limit=200").expect(200).text();
    assertTrue(new JsonMapper().writeValueAsBytes(answer).length < 6_000_000);
  }
}

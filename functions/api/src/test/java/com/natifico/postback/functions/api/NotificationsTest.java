package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.postback.PostbackStore;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NotificationsTest {
  private static final String PATH = "/v1/affiliates/77/notifications";
  private static final String POSTBACKS = "/v1/affiliates/77/postbacks";
  private static final String URL = "https://relay.example/?e={event}&p={postback_id}";
  private static final String MINIMAL = "{\"events\": [\"paused\"], \"url\": \"" + URL + "\"}";

  private final ApiHarness api = new ApiHarness();
  private final ApiHarness.Caller affiliate = api.affiliate("77");

  private JsonNode created(String body) {
    return affiliate.post(PATH, body).expect(201).json();
  }

  private String createdPath() {
    return PATH + "/" + created(MINIMAL).get("notification_id").asText();
  }

  @Test
  void savesWithDefaults() {
    ApiHarness.Answer answer = affiliate.post(PATH, MINIMAL).expect(201);
    JsonNode notification = answer.json();

    assertTrue(notification.get("notification_id").asText().startsWith("nt_"));
    assertEquals("77", notification.get("affiliate_id").asText());
    assertEquals("[\"paused\"]", notification.get("events").toString());
    assertEquals("GET", notification.get("method").asText());
    assertEquals("active", notification.get("state").asText());
    assertEquals("[]", notification.get("warnings").toString());
    assertEquals("\"1\"", answer.header("etag"));
    String location = Objects.requireNonNull(answer.header("location"));
    assertEquals(PATH + "/" + notification.get("notification_id").asText(), location);
    assertEquals(notification, affiliate.get(location).expect(200).json());
  }

  @Test
  void keepsAllGivenMembers() {
    JsonNode notification =
        created(
            """
            {"events": ["exhausted", "Held", "failing", "failing"], "method": "POST",
             "url": "https://relay.example/{secret.token}", "label": "Relay", "state": "paused",
             "body": "{\\"text\\": \\"{event}: {count|default:1}\\", \\"at\\": \\"{at|format:HH:mm}\\"}",
             "headers": {"Authorization": "Bearer {secret.token}"}, "secrets": {"token": "s3cret"}}
            """);

    assertEquals("[\"failing\",\"held\",\"exhausted\"]", notification.get("events").toString());
    assertEquals("application/json", notification.get("content_type").asText());
    assertEquals("[\"token\"]", notification.get("secrets").toString());
    assertEquals("by_hand", notification.get("paused_reason").asText());
    assertEquals("Relay", notification.get("label").asText());
    assertFalse(notification.toString().contains("s3cret"));
  }

  @Test
  void replacesWhatWasRead() {
    String path = createdPath();
    ObjectNode read = (ObjectNode) affiliate.get(path).expect(200).json();
    read.put("label", "changed");
    read.putArray("events").add("recovered");

    JsonNode replaced =
        affiliate.put(path, read.toString(), "if-match", "\"1\"").expect(200).json();

    assertEquals(2, replaced.get("version").asInt());
    assertEquals("[\"recovered\"]", replaced.get("events").toString());
    affiliate.put(path, read.toString(), "if-match", "\"1\"").expect(412);
    affiliate.delete(path, "if-match", "\"1\"").expect(412);
    affiliate.delete(path).expect(204);
    affiliate.get(path).expect(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'url': 'URL'} | events required",
        "{'url': 'URL', 'events': []} | events empty",
        "{'url': 'URL', 'events': ['pause']} | events[0] invalid_value",
        "{'url': 'URL', 'events': [1]} | events[0] invalid_value",
        "{'events': ['paused']} | url required",
        "{'events': ['paused'], 'url': 'https://relay.example/?s={sum}'} | url unknown_macro",
        "{'events': ['paused'], 'url': 'https://{event}.example/'} | url macro_in_host",
        "{'events': ['paused'], 'url': 'https://10.0.0.1/'} | url forbidden_address",
        "{'events': ['paused'], 'url': 'https://relay.example/{secret.key}'} | url unknown_secret",
        "{'events': ['paused'], 'url': 'URL', 'offer_id': '1'} | offer_id unknown_field"
      })
  void rejectsWhatCannotBeSent(String body, String error) {
    assertEquals(
        List.of(error),
        affiliate.post(PATH, body.replace("'", "\"").replace("URL", URL)).expect(422).errors());
  }

  @Test
  void suggestsAnEventAndAMacro() {
    JsonNode errors =
        affiliate
            .post(
                PATH,
                "{\"events\": [\"pausd\"], \"url\": \"https://relay.example/?p={postbackid}\"}")
            .expect(422)
            .json()
            .get("errors");

    assertTrue(errors.toString().contains("\"suggestion\":\"paused\""), errors.toString());
    assertTrue(errors.toString().contains("\"suggestion\":\"postback_id\""), errors.toString());
  }

  @Test
  void listsNotificationsAndPostbacksApart() {
    String notification = created(MINIMAL).get("notification_id").asText();
    String postback =
        affiliate
            .post(POSTBACKS, "{\"url\": \"https://track.example.com/?c={ref_id}\"}")
            .expect(201)
            .json()
            .get("postback_id")
            .asText();

    JsonNode notifications = affiliate.get(PATH).expect(200).json().get("items");
    JsonNode postbacks = affiliate.get(POSTBACKS).expect(200).json().get("items");

    assertEquals(1, notifications.size());
    assertEquals(notification, notifications.at("/0/notification_id").asText());
    assertEquals(1, postbacks.size());
    assertEquals(postback, postbacks.at("/0/postback_id").asText());
    affiliate.get(POSTBACKS + "/" + notification).expect(404);
    affiliate.get(PATH + "/" + postback).expect(404);
    affiliate.delete(POSTBACKS + "/" + notification).expect(404);
    affiliate
        .post(
            "/v1/affiliates/77/backfills",
            "{\"postback_id\": \"" + notification + "\", \"since\": \"2026-11-02T00:00:00Z\"}")
        .expect(404);
  }

  @Test
  void listsInPages() {
    for (int i = 0; i < 3; i++) {
      created(MINIMAL);
    }

    JsonNode first = affiliate.get(PATH + "?limit=2").expect(200).json();
    JsonNode second =
        affiliate.get(PATH + "?limit=2&cursor=" + first.get("next").asText()).expect(200).json();

    assertEquals(2, first.get("items").size());
    assertEquals(1, second.get("items").size());
    assertTrue(second.get("next").isNull());
  }

  @Test
  void limitsTheirNumber() {
    for (int i = 0; i < PostbackStore.LIMIT_PER_SCOPE; i++) {
      created(MINIMAL);
    }

    JsonNode problem = affiliate.post(PATH, MINIMAL).expect(409).json();

    assertTrue(problem.get("type").asText().endsWith("limit_reached"), problem.toString());
    assertTrue(problem.get("detail").asText().contains("20 notifications"), problem.toString());
  }

  @Test
  void savesTheTemplateOfAMessenger() {
    JsonNode telegram =
        api.anyone().get("/v1/trackers?kind=notification").expect(200).json().at("/items/0");
    String url =
        telegram
            .at("/event_template/url")
            .asText()
            .replace("TOKEN", "{secret.token}")
            .replace("CHAT", "-1001234567890");

    JsonNode notification =
        created(
            "{\"events\": [\"paused\"], \"url\": \"%s\", \"secrets\": {\"token\": \"1:A\"}}"
                .formatted(url));

    assertEquals("[]", notification.get("warnings").toString());
  }
}

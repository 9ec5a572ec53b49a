package com.natifico.postback.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.endtoend.Api.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Postbacks made from the templates of the ad platforms, at a receiver that acts as they do. */
@OnEveryEngine(
    "RetrySchedule=1s,1s EgressAllow=127.0.0.0/8 PostbackCacheSeconds=0"
        + " SenderBatchWindowSeconds=0")
final class AdPlatformDeliveryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HASH =
      "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b";

  /** What a network would have to push for every platform. */
  private static final String FIELDS =
      ", \"email_sha256\": \""
          + HASH
          + "\", \"ip\": \"203.0.113.7\", \"uagent\": \"Mozilla/5.0\", \"event_source_url\":"
          + " \"https://shop.example/thanks?a=\\\"b\\\"\", \"fbp\": \"fb.1.1793627921000.1098115397\"";

  private final Api api;
  private final AdPlatformReceiver receiver = new AdPlatformReceiver();
  private final String affiliate = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String account = "acc" + UUID.randomUUID().toString().substring(0, 8);

  AdPlatformDeliveryTest(Running running) {
    api = running.api();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  /** What an affiliate does with the template: fills in the account and gives the secrets. */
  private ObjectNode filledTemplate(String platform, boolean withTestCode) {
    JsonNode entry =
        api.get("", "/v1/trackers?kind=ad_platform")
            .json()
            .get("items")
            .valueStream()
            .filter(each -> each.get("id").asText().equals(platform))
            .findFirst()
            .orElseThrow();
    String placeholder = entry.at("/placeholders/0/name").asText();
    ObjectNode postback = JSON.createObjectNode();
    postback.put("tracker", platform);
    postback.put("method", entry.get("method").asText());
    postback.put(
        "url",
        receiver.url(platform, entry.get("template").asText()).replace(placeholder, account));
    postback.put("body", entry.get("body").asText().replace(placeholder, account));
    postback.set("headers", entry.get("headers"));
    ObjectNode secrets = postback.putObject("secrets");
    for (JsonNode secret : entry.get("secrets")) {
      boolean isForTests = secret.get("needed_for").asText().equals("test_conversions");
      if (!isForTests || withTestCode) {
        secrets.put(
            secret.get("name").asText(),
            isForTests ? AdPlatformReceiver.TEST_CODE : AdPlatformReceiver.TOKEN);
      }
    }
    return postback;
  }

  private JsonNode saved(ObjectNode postback) {
    Answer answer =
        api.post(
            "local-manager", "/v1/affiliates/" + affiliate + "/postbacks", postback.toString());
    assertEquals(201, answer.status(), answer.json().toString());
    return answer.json();
  }

  private void push(String conversionId, String fields) {
    Answer answer =
        api.post(
            "local-network",
            "/v1/conversions",
            "{\"conversion_id\": \"%s\", \"affiliate_id\": \"%s\", \"offer_id\": \"1042\", \"status\": \"approved\", \"sum\": 12.5, \"currency\": \"USD\"%s}"
                .formatted(conversionId, affiliate, fields));
    assertEquals(202, answer.status(), answer.json().toString());
  }

  private JsonNode delivery(String state) {
    String path = "/v1/affiliates/" + affiliate + "/deliveries?state=" + state;
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !api.get("local-manager", path).json().get("items").isEmpty());
    return api.get("local-manager", path).json().at("/items/0");
  }

  /** The codes of the warnings, except that about the receiver, which has no certificate. */
  private static List<String> codes(JsonNode answer) {
    return answer
        .get("warnings")
        .valueStream()
        .map(each -> each.get("code").asText())
        .filter(code -> !code.equals("plain_http"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"meta", "tiktok", "snap", "pinterest", "reddit", "openai"})
  void deliversWhatThePlatformNeedsAndTestsInItsTestMode(String platform) {
    JsonNode postback = saved(filledTemplate(platform, true));
    assertEquals(List.of(), codes(postback));

    push("c1", FIELDS);

    JsonNode delivery = delivery("delivered");
    assertEquals("accepted", meaningOrAccepted(delivery));
    assertFalse(delivery.toString().contains(AdPlatformReceiver.TEST_CODE));
    assertFalse(receiver.taken(account).getFirst().test(), "a real conversion is not a test");
    assertTrue(receiver.taken(account).getFirst().event().toString().contains(HASH));

    Answer tested =
        api.post(
            "local-manager",
            "/v1/test-conversions",
            "{\"affiliate_id\": \"%s\", \"offer_id\": \"1042\", \"postback_id\": \"%s\", \"wait_seconds\": 20}"
                .formatted(affiliate, postback.get("postback_id").asText()));
    assertEquals(200, tested.status());
    assertEquals(
        "delivered", tested.json().at("/deliveries/0/state").asText(), tested.json().toString());
    assertEquals(List.of(), codes(tested.json()));
    assertEquals(
        List.of(false, true),
        receiver.taken(account).stream().map(AdPlatformReceiver.Taken::test).toList());
  }

  /** The answer of OpenAI is judged by its status. */
  private static String meaningOrAccepted(JsonNode delivery) {
    return delivery.at("/attempts/0/meaning").asText("accepted").replace("null", "accepted");
  }

  @ParameterizedTest
  @CsvSource({
    "meta, rejected, invalid",
    "tiktok, rejected, other",
    "snap, exhausted, null",
    "pinterest, rejected, invalid",
    "reddit, rejected, invalid",
    "openai, rejected, invalid"
  })
  void isRefusedWithoutWhatThePlatformNeedsAndWarnsOfIt(
      String platform, String reason, String meaning) {
    ObjectNode template = filledTemplate(platform, true);
    JsonNode postback = saved(template);

    push("c1", "");

    JsonNode delivery = delivery("failed");
    assertEquals(reason, delivery.get("failed_reason").asText(), delivery.toString());
    assertEquals(meaning, delivery.at("/attempts/0/meaning").asText("null"));
    assertEquals(List.of(), receiver.taken(account));
    Answer replaced =
        api.send(
            "PUT",
            "local-manager",
            "/v1/affiliates/" + affiliate + "/postbacks/" + postback.get("postback_id").asText(),
            template.toString());
    assertEquals(200, replaced.status());
    assertTrue(
        codes(replaced.json()).contains("platform_data_missing"), replaced.json().toString());
    assertTrue(replaced.json().get("warnings").toString().contains("1 of the last 1 conversions"));
  }

  @ParameterizedTest
  @CsvSource({"meta, 7", "snap, 37", "reddit, 7", "openai, 7"})
  void makesNoRequestForAnEventThatIsTooOld(String platform, int days) {
    JsonNode postback = saved(filledTemplate(platform, true));

    Instant occurredAt = Instant.now().minus(Duration.ofDays(days)).minusSeconds(60);
    push("c1", FIELDS + ", \"occurred_at\": \"" + occurredAt + "\"");

    JsonNode delivery = delivery("failed");
    assertEquals("too_old", delivery.get("failed_reason").asText());
    assertEquals(0, delivery.get("attempts").size());
    assertEquals(0, receiver.requests(account));
    assertEquals(
        "active",
        api.get(
                "local-manager",
                "/v1/affiliates/"
                    + affiliate
                    + "/postbacks/"
                    + postback.get("postback_id").asText())
            .json()
            .get("state")
            .asText());
  }

  /** It would count as a real one. */
  @Test
  void sendsNoTestConversionWithoutTheCodeOfTheTestMode() {
    JsonNode postback = saved(filledTemplate("meta", false));

    JsonNode tested =
        api.post(
                "local-manager",
                "/v1/test-conversions",
                "{\"affiliate_id\": \"%s\", \"offer_id\": \"1042\", \"postback_id\": \"%s\", \"wait_seconds\": 20}"
                    .formatted(affiliate, postback.get("postback_id").asText()))
            .json();

    assertEquals("secret_missing", tested.at("/deliveries/0/failed_reason").asText());
    assertEquals(List.of("test_secret_missing"), codes(tested));
    assertEquals(0, receiver.requests(account));
  }
}

package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ManagerRoutesTest {
  private final ApiHarness api = new ApiHarness();
  private final ApiHarness.Caller manager = api.as("manager");

  private String create(String affiliateId, String members) {
    return manager
        .post(
            "/v1/affiliates/" + affiliateId + "/postbacks",
            "{\"url\":\"https://t.example/?cid={ref_id}\"" + members + "}")
        .expect(201)
        .json()
        .get("postback_id")
        .asText();
  }

  private void fail(String affiliateId, String postbackId) {
    Postback stored = Objects.requireNonNull(api.postbacks.find(affiliateId, postbackId));
    api.health.failed(stored, 5, api.now);
  }

  @Test
  void listsWhatNeedsAttentionOfAllAffiliates() {
    String paused = create("77", ",\"label\":\"Keitaro\",\"state\":\"paused\"");
    String failing = create("78", ",\"offer_id\":\"9\"");
    create("78", "");
    fail("78", failing);

    JsonNode items = manager.get("/v1/attention").expect(200).json().get("items");

    assertEquals(
        "[{\"affiliate_id\":\"78\",\"postback_id\":\"%s\",\"label\":null,\"offer_id\":\"9\",\"why\":\"failing\",\"reason\":null,\"since\":\"%s\",\"held\":0,\"failed_24h\":0},{\"affiliate_id\":\"77\",\"postback_id\":\"%s\",\"label\":\"Keitaro\",\"offer_id\":null,\"why\":\"paused\",\"reason\":\"by_hand\",\"since\":\"%s\",\"held\":0,\"failed_24h\":0}]"
            .formatted(failing, api.now, paused, api.now),
        items.toString());
  }

  @Test
  void pagesOfAttentionFollowEachOther() {
    String first = create("77", ",\"state\":\"paused\"");
    api.advance(Duration.ofSeconds(1));
    String second = create("78", ",\"state\":\"paused\"");

    JsonNode page = manager.get("/v1/attention?limit=1").expect(200).json();
    assertEquals(first, page.at("/items/0/postback_id").asText());
    JsonNode last =
        manager.get("/v1/attention?limit=1&cursor=" + page.get("next").asText()).expect(200).json();
    assertEquals(second, last.at("/items/0/postback_id").asText());
    assertTrue(last.get("next").isNull());
  }

  @Test
  void refusesACursorOfAnotherList() {
    create("77", "");
    create("78", "");
    String cursor = manager.get("/v1/affiliates?limit=1").json().get("next").asText();

    assertEquals("invalid", manager.get("/v1/attention?cursor=" + cursor).expect(422).problem());
    manager.get("/v1/affiliates?prefix=7&cursor=" + cursor).expect(422);
    manager.get("/v1/affiliates?limit=1&cursor=" + cursor).expect(200);
  }

  @Test
  void listsAffiliatesFromTheirFirstPostbackOrConversionOn() {
    create("77", "");
    create("77", ",\"offer_id\":\"9\"");
    api.affiliates.seen("801", LocalDate.ofInstant(Samples.NOW, java.time.ZoneOffset.UTC));

    assertEquals(
        "[{\"affiliate_id\":\"77\",\"postbacks\":2,\"delivered_24h\":0,\"failed_24h\":0},{\"affiliate_id\":\"801\",\"postbacks\":0,\"delivered_24h\":0,\"failed_24h\":0}]",
        manager.get("/v1/affiliates").expect(200).json().get("items").toString());
    assertEquals(
        "801",
        manager
            .get("/v1/affiliates?prefix=80")
            .expect(200)
            .json()
            .at("/items/0/affiliate_id")
            .asText());
  }

  @Test
  void isForManagersOnly() {
    for (String path : new String[] {"/v1/attention", "/v1/affiliates"}) {
      api.affiliate("77").get(path).expect(403);
      api.as("network").get(path).expect(403);
    }
  }
}

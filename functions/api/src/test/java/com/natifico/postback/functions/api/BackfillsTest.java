package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackfillsTest {
  private static final String PATH = "/v1/affiliates/77/backfills";

  private final ApiHarness api = new ApiHarness();
  private final ApiHarness.Caller affiliate = api.affiliate("77");

  private void givenAnEventWithoutAPostback(String conversionId) {
    Conversion conversion = Samples.conversion(conversionId);
    api.events.claim(
        new ConversionEvent(
            EventId.of(Samples.NOW, conversion.identity()),
            conversion,
            false,
            List.of(),
            List.of()));
  }

  private static String body(String more) {
    return "{\"postback_id\":\"p1\",\"since\":\"2026-11-02T00:00:00Z\"" + more + "}";
  }

  @Test
  void countsUnlessItIsToldToSend() {
    givenAnEventWithoutAPostback("c-1");
    api.postbacks.create(Samples.postback("p1", null));
    JsonNode counted = affiliate.post(PATH, body("")).expect(200).json();
    assertEquals(1, counted.get("count").asInt());
    assertEquals("c-1", counted.at("/examples/0/conversion_id").asText());
    assertEquals(
        "https://track.example.com/postback?cid=w8J3kUG5s0dKQ2m7Zx1v&payout=12.50&txid=c-1",
        counted.at("/examples/0/url").asText());
    assertTrue(api.queue.receive().isEmpty());

    JsonNode sent = affiliate.post(PATH, body(",\"dry_run\":false")).expect(202).json();
    assertEquals(1, sent.get("count").asInt());
    assertTrue(sent.get("next").isNull());
    assertEquals(1, api.queue.receive().size());
    assertEquals(
        0,
        affiliate.post(PATH, body(",\"dry_run\":false")).expect(202).json().get("count").asInt());
    assertEquals(0, affiliate.post(PATH, body("")).expect(200).json().get("count").asInt());
  }

  @Test
  void sendsOnlyThePeriod() {
    givenAnEventWithoutAPostback("c-1");
    api.postbacks.create(Samples.postback("p1", null));
    String earlier = body(",\"until\":\"" + Samples.NOW + "\"");
    assertEquals(0, affiliate.post(PATH, earlier).expect(200).json().get("count").asInt());
  }

  @Test
  void needsAnActivePostback() {
    affiliate.post(PATH, body("")).expect(404);
    api.postbacks.create(Samples.postback("p1", null).paused(PausedReason.BY_HAND, Samples.NOW));
    assertEquals("postback_paused", affiliate.post(PATH, body("")).expect(409).problem());
    assertEquals(
        List.of("postback_id required", "since required"),
        affiliate.post(PATH, "{}").expect(422).errors());
  }
}

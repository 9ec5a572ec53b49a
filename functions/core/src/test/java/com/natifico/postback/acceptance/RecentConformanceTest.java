package com.natifico.postback.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Judging;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.postback.Scope;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentConformanceTest {
  private static final String BODY =
      "{\"events\": [{\"id\": \"{conversion_id}\", \"type\": \"order_created\","
          + " \"timestamp_ms\": {timestamp|ms}, \"source_url\": {event_source_url},"
          + " \"data\": {\"type\": \"contents\"}}]}";

  private final World world = new World();
  private final RecentConformance conformance =
      new RecentConformance(new EventHistory(world.events, world.log));

  private static Postback postback(String tracker, Scope scope) {
    return Samples.with(
        Samples.postback("p9", null),
        PostbackSettings.of(
                scope,
                new RequestTemplate(
                    HttpMethod.POST,
                    "https://bzr.openai.com/v1/events?pid=1",
                    new RequestBody(BODY, "application/json")))
            .withJudging(new Judging(tracker, null)));
  }

  private void push(String id, String offerId, Map<String, String> fields, Duration age) {
    Conversion usual = Samples.conversion(id);
    world.pass(Duration.ofSeconds(1));
    world.push(
        new Conversion(
            new EventIdentity(Samples.AFFILIATE, id, "1", ConversionStatus.APPROVED),
            offerId,
            world.clock.instant().minus(age),
            null,
            usual.fields().with(fields)));
  }

  private List<String> codes(Postback postback) {
    return conformance.of(postback).stream().map(Finding::code).toList();
  }

  @Test
  void comparesTheNewestEventsOfTheScope() {
    Map<String, String> source = Map.of("event_source_url", "https://shop.example/thanks");
    push("c1", "7", Map.of(), Duration.ZERO);
    push("c2", "8", source, Duration.ZERO);
    push("c3", "8", source, Duration.ofDays(9));

    assertEquals(
        List.of("platform_data_missing", "event_too_old"),
        codes(postback("openai", new Scope.Global())));
    assertEquals(List.of("platform_data_missing"), codes(postback("openai", new Scope.Offer("7"))));
    assertEquals(List.of("event_too_old"), codes(postback("openai", new Scope.Offer("8"))));
    assertEquals(List.of(), codes(postback("openai", new Scope.Offer("9"))));
  }

  @Test
  void comparesAHundredEventsAtMost() {
    for (int i = 0; i < 103; i++) {
      push("c" + i, "7", Map.of(), Duration.ZERO);
    }

    assertTrue(
        conformance
            .of(postback("openai", new Scope.Global()))
            .getFirst()
            .message()
            .contains("100 of the last 100 conversions"));
  }

  @Test
  void comparesNothingForOtherReceivers() {
    push("c1", "7", Map.of(), Duration.ZERO);

    assertEquals(List.of(), codes(postback("voluum", new Scope.Global())));
  }
}

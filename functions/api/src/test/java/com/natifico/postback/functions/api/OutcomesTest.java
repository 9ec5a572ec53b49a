package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.conversion.Skipped.Reason;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.testing.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {
  private static final String PATH = "/v1/affiliates/77/conversions/";

  private final ApiHarness api = new ApiHarness();

  private ConversionEvent event(boolean test) {
    Conversion conversion = Samples.conversion("c-1");
    ConversionEvent event =
        new ConversionEvent(
            EventId.of(
                Samples.NOW,
                new EventIdentity("77", "c-1", conversion.goal(), conversion.status())),
            conversion,
            test,
            List.of("p1", "p2"),
            List.of(
                new Skipped("p3", Reason.STATUS_FILTERED, null),
                new Skipped("p4", Reason.SAME_AS, "p1"),
                new Skipped("p5", Reason.PAUSED, null)));
    api.events.claim(event);
    return event;
  }

  @Test
  void reportsTheOutcomeOfEveryPostback() {
    ConversionEvent event = event(false);
    api.log.save(Samples.delivered(Samples.callback(event, "p1")));
    api.log.save(Delivery.unrecorded(Samples.callback(event, "p5")).held());

    JsonNode outcome = api.affiliate("77").get(PATH + "c-1").expect(200).json().at("/events/0");
    assertEquals(event.id().value(), outcome.get("event_id").asText());
    assertEquals("approved", outcome.get("status").asText());
    assertEquals("install", outcome.get("goal").asText());
    assertEquals("delivered", outcome.at("/callbacks/0/state").asText());
    assertEquals(event.id().deliveryId("p1"), outcome.at("/callbacks/0/delivery_id").asText());
    assertEquals("pending", outcome.at("/callbacks/1/state").asText());
    assertEquals("status_filtered", outcome.at("/skipped/0/reason").asText());
    assertEquals("p1", outcome.at("/skipped/1/same_as").asText());
    assertEquals(event.id().deliveryId("p5"), outcome.at("/skipped/2/delivery_id").asText());
    assertEquals("held", outcome.at("/skipped/2/state").asText());
  }

  @Test
  void showsTheLaterStateOfAHeldCallback() {
    ConversionEvent event = event(false);
    api.log.save(
        Samples.delivery(Samples.callback(event, "p5"), DeliveryState.RETRYING, List.of()));
    assertEquals(
        "retrying",
        api.affiliate("77").get(PATH + "c-1").json().at("/events/0/skipped/2/state").asText());
  }

  @Test
  void aTestHoldsNoCallbacks() {
    event(true);
    assertEquals(
        "{\"postback_id\":\"p5\",\"reason\":\"paused\"}",
        api.affiliate("77").get(PATH + "c-1").json().at("/events/0/skipped/2").toString());
  }

  @Test
  void listsEveryEventOfTheConversion() {
    ConversionEvent first = event(false);
    Conversion approved = first.conversion();
    Conversion declined =
        new Conversion(
            new EventIdentity("77", "c-1", approved.goal(), ConversionStatus.DECLINED),
            approved.offerId(),
            null,
            null,
            approved.fields());
    api.events.claim(
        new ConversionEvent(
            EventId.of(
                Samples.NOW.plusSeconds(5),
                new EventIdentity("77", "c-1", declined.goal(), ConversionStatus.DECLINED)),
            declined,
            false,
            List.of(),
            List.of()));
    JsonNode events = api.as("network").get(PATH + "c-1").expect(200).json().get("events");
    assertEquals(2, events.size());
    assertEquals("declined", events.at("/1/status").asText());
  }

  @Test
  void showsTheDeliveriesOfBackFills() {
    ConversionEvent event = event(false);
    api.log.save(Samples.delivered(Samples.callback(event, "p9")));
    JsonNode callbacks = api.affiliate("77").get(PATH + "c-1").json().at("/events/0/callbacks");
    assertEquals(3, callbacks.size());
    assertEquals("p9", callbacks.at("/2/postback_id").asText());
    assertEquals("delivered", callbacks.at("/2/state").asText());
  }

  @Test
  void findsTheEventsOfAClickNewestFirst() {
    ConversionEvent sent = event(false);
    api.log.save(Samples.delivered(Samples.callback(sent, "p1")));
    Conversion conversion = Samples.conversion("c-2");
    ConversionEvent silent =
        new ConversionEvent(
            EventId.of(Samples.NOW.plusSeconds(5), conversion.identity()),
            conversion,
            false,
            List.of(),
            List.of(Skipped.NO_POSTBACK));
    api.events.claim(silent);
    String search = "/v1/affiliates/77/conversions?ref_id=w8J3kUG5s0dKQ2m7Zx1v";
    JsonNode found = api.affiliate("77").get(search).expect(200).json();
    assertEquals(silent.id().value(), found.at("/items/0/event_id").asText());
    assertEquals("c-2", found.at("/items/0/conversion_id").asText());
    assertEquals(
        "[{\"postback_id\":null,\"reason\":\"no_postback\"}]",
        found.at("/items/0/skipped").toString());
    assertEquals(sent.id().value(), found.at("/items/1/event_id").asText());
    assertEquals("delivered", found.at("/items/1/callbacks/0/state").asText());
    assertEquals(2, found.get("items").size());
    assertTrue(found.get("next").isNull());

    JsonNode first = api.affiliate("77").get(search + "&limit=1").expect(200).json();
    JsonNode second =
        api.affiliate("77")
            .get(search + "&limit=1&cursor=" + first.get("next").asText())
            .expect(200)
            .json();
    assertEquals(sent.id().value(), second.at("/items/0/event_id").asText());
    assertEquals(0, api.affiliate("77").get(search + "x").expect(200).json().get("items").size());
    assertEquals(
        1,
        api.affiliate("77")
            .get(search + "&since=" + silent.id().claimedAt())
            .json()
            .get("items")
            .size());
  }

  @Test
  void anotherAffiliatesConversionsGive404() {
    event(false);
    api.as("manager").get(PATH + "c-2").expect(404);
    api.affiliate("88").get("/v1/affiliates/88/conversions/c-1").expect(404);
    api.affiliate("88").get(PATH + "c-1").expect(404);
  }

  private static final String EMOJI = "\uD83D\uDE00";

  /** The same conversion for another goal, with a click id of the greatest length. */
  private ConversionEvent large(int number, String refId) {
    Conversion usual = Samples.conversion("c-1");
    EventIdentity identity =
        new EventIdentity("77", "c-1", EMOJI.repeat(120) + number, usual.status());
    List<String> callbacks =
        IntStream.range(0, 20).mapToObj(i -> "pb_1k6p3vd8h0q4m7x" + i).toList();
    List<Skipped> skipped =
        IntStream.range(20, 40)
            .mapToObj(i -> new Skipped("pb_1k6p3vd8h0q4m7x" + i, Reason.PAUSED, null))
            .toList();
    ConversionEvent event =
        new ConversionEvent(
            EventId.of(Samples.NOW.plusSeconds(number), identity),
            new Conversion(
                identity,
                usual.offerId(),
                null,
                null,
                new PushedFields(Map.of("ref_id", refId, "sum", "12.50", "currency", "USD"))),
            false,
            callbacks,
            skipped);
    api.events.claim(event);
    return event;
  }

  /** The bytes of an answer as Lambda counts them: a text within JSON. */
  private static int bytes(String answer) throws JsonProcessingException {
    return new JsonMapper().writeValueAsBytes(answer).length;
  }

  /** A network that gives the same id to everything must not use up the function's memory. */
  @ParameterizedTest
  @ValueSource(strings = {"\"", "\u0001", EMOJI})
  void listsTheEventsOfAConversionInPages(String character) throws Exception {
    Set<String> events = new HashSet<>();
    for (int i = 0; i < 450; i++) {
      events.add(large(i, character.repeat(1_024)).id().value());
    }
    List<String> listed = new ArrayList<>();
    String query = "";
    int pages = 0;
    do {
      ApiHarness.Answer answer = api.affiliate("77").get(PATH + "c-1" + query).expect(200);
      assertTrue(bytes(answer.text()) < 6_000_000, () -> "" + answer.text().length());
      List<String> page = new ArrayList<>();
      answer.json().get("events").forEach(event -> page.add(event.get("event_id").asText()));
      assertEquals(page.stream().sorted().toList(), page, "oldest first");
      listed.addAll(page);
      query = "?cursor=" + answer.json().get("next").asText("");
      pages++;
    } while (!query.equals("?cursor="));
    assertEquals(events, Set.copyOf(listed));
    assertEquals(450, listed.size());
    assertTrue(pages >= 3, () -> "no page has more than 200");
    api.affiliate("77").get(PATH + "c-2" + "?cursor=AAAA").expect(422);
  }

  @Test
  void showsWhatAnEventNamesAmongAnyNumberOfBackFills() {
    ConversionEvent event = event(false);
    for (int i = 0; i < 250; i++) {
      api.log.save(Samples.delivered(Samples.callback(event, "b%03d".formatted(i))));
    }
    api.log.save(Samples.delivered(Samples.callback(event, "p2")));
    api.log.save(
        Samples.delivery(Samples.callback(event, "p5"), DeliveryState.RETRYING, List.of()));

    JsonNode outcome = api.affiliate("77").get(PATH + "c-1").json().at("/events/0");

    assertEquals("pending", outcome.at("/callbacks/0/state").asText());
    assertEquals("delivered", outcome.at("/callbacks/1/state").asText());
    assertEquals("retrying", outcome.at("/skipped/2/state").asText());
    assertEquals(202, outcome.get("callbacks").size());
    assertTrue(outcome.get("truncated").asBoolean());
  }
}

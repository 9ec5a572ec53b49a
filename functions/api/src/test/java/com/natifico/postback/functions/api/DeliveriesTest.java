package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.delivery.WebhookId;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
  private static final String PATH = "/v1/affiliates/77/deliveries";

  private final ApiHarness api = new ApiHarness();
  private final ApiHarness.Caller affiliate = api.affiliate("77");

  private ConversionEvent event(String conversionId, Instant at, List<Skipped> skipped) {
    Conversion conversion = Samples.conversion(conversionId);
    ConversionEvent event =
        new ConversionEvent(
            EventId.of(
                at, new EventIdentity("77", conversionId, conversion.goal(), conversion.status())),
            conversion,
            false,
            List.of("p1"),
            skipped);
    api.events.claim(event);
    return event;
  }

  private Delivery given(String conversionId, Instant at, DeliveryState state) {
    Delivery row =
        Samples.delivery(
            Samples.callback(event(conversionId, at, List.of()), "p1"),
            state,
            state == DeliveryState.HELD
                ? List.of()
                : List.of(
                    Samples.attempt(
                        1,
                        state == DeliveryState.DELIVERED
                            ? Outcome.DELIVERED
                            : Outcome.HTTP_ERROR)));
    assertTrue(api.log.save(row));
    return row;
  }

  private List<String> listed(String query) {
    List<String> ids = new ArrayList<>();
    affiliate
        .get(PATH + query)
        .expect(200)
        .json()
        .get("items")
        .forEach(item -> ids.add(item.get("delivery_id").asText()));
    return ids;
  }

  private static List<String> ids(Delivery... deliveries) {
    return Stream.of(deliveries).map(Delivery::id).toList();
  }

  @Test
  void showsADeliveryWithItsAttempts() {
    Delivery row = given("c-1", Samples.NOW, DeliveryState.RETRYING);
    JsonNode delivery = affiliate.get(PATH + "/" + row.id()).expect(200).json();
    assertEquals("retrying", delivery.get("state").asText());
    assertEquals(Samples.URL, delivery.get("url").asText());
    assertEquals(row.callback().eventId(), delivery.get("event_id").asText());
    assertEquals(Samples.NOW.toString(), delivery.get("created_at").asText());
    JsonNode attempt = delivery.at("/attempts/0");
    assertEquals("http_error", attempt.get("outcome").asText());
    assertEquals(500, attempt.get("http_status").asInt());
    assertEquals(97, attempt.get("latency_ms").asInt());
    assertEquals(18, attempt.at("/latency/connect_ms").asInt());
  }

  @Test
  void listsNewestFirstAndAppliesEveryFilter() {
    Delivery a = given("c-1", Samples.NOW, DeliveryState.DELIVERED);
    Delivery b = given("c-2", Samples.NOW.plusSeconds(3600), DeliveryState.FAILED);
    Delivery c = given("c-3", Samples.NOW.plus(Duration.ofDays(2)), DeliveryState.HELD);

    assertEquals(ids(c, b, a), listed(""));
    assertEquals(ids(b), listed("?state=failed"));
    assertEquals(ids(c, b, a), listed("?offer_id=1042"));
    assertEquals(ids(), listed("?offer_id=1"));
    assertEquals(ids(c, b, a), listed("?postback_id=p1"));
    assertEquals(ids(), listed("?postback_id=p2"));
    assertEquals(ids(b), listed("?conversion_id=c-2"));
    assertEquals(ids(), listed("?conversion_id=c-2&state=held"));
    assertEquals(ids(c, b), listed("?since=" + b.callback().createdAt()));
    assertEquals(ids(a), listed("?until=" + b.callback().createdAt()));
    assertEquals(ids(b), listed("?since=2026-11-02T14:04:00Z&until=2026-11-03T00:00:00%2B02:00"));
  }

  @Test
  void showsTheValuesOfTheEventAndFindsByThem() {
    Delivery row = given("c-1", Samples.NOW, DeliveryState.DELIVERED);
    JsonNode shown = affiliate.get(PATH + "/" + row.id()).expect(200).json();
    assertEquals("install", shown.get("goal").asText());
    assertEquals("w8J3kUG5s0dKQ2m7Zx1v", shown.get("ref_id").asText());
    assertEquals("12.50", shown.get("sum").asText());
    assertEquals("USD", shown.get("currency").asText());
    assertEquals(ids(row), listed("?ref_id=w8J3kUG5s0dKQ2m7Zx1v"));
    assertEquals(ids(), listed("?ref_id=w8J3kUG5s0dKQ2m7Zx1V"));
    assertEquals(ids(row), listed("?test=false"));
    assertEquals(ids(), listed("?test=true"));
    assertEquals(
        List.of("test invalid_value"), affiliate.get(PATH + "?test=1").expect(422).errors());
  }

  @Test
  void saysHowFarItHasSearched() {
    Delivery older = given("c-1", Samples.NOW, DeliveryState.DELIVERED);
    Delivery newer = given("c-2", Samples.NOW.plusSeconds(60), DeliveryState.DELIVERED);
    JsonNode first = affiliate.get(PATH + "?limit=1").expect(200).json();
    assertEquals(newer.callback().createdAt().toString(), first.get("searched_until").asText());
    JsonNode last =
        affiliate.get(PATH + "?limit=1&cursor=" + first.get("next").asText()).expect(200).json();
    assertEquals(older.id(), last.at("/items/0/delivery_id").asText());
    assertTrue(last.get("searched_until").isNull());
  }

  @Test
  void answersCsv() {
    given("c-1", Samples.NOW, DeliveryState.RETRYING);
    given("=c-2", Samples.NOW.plusSeconds(60), DeliveryState.DELIVERED);
    ApiHarness.Answer csv =
        affiliate.send(
            "GET", PATH + "?limit=1&state=delivered", null, Map.of("accept", "text/csv"));
    assertEquals("text/csv; charset=utf-8; header=present", csv.header("content-type"));
    List<String> lines = csv.text().lines().toList();
    assertTrue(lines.getFirst().startsWith("delivery_id,affiliate_id,"), lines.getFirst());
    assertTrue(
        lines
            .getFirst()
            .endsWith(",created_at,failed_reason,superseded_by,outcome,http_status,at"));
    assertTrue(lines.get(1).contains(",'=c-2,"), lines.get(1));
    assertTrue(lines.get(1).contains(",12.50,USD,1,false,delivered,"), lines.get(1));
    assertTrue(lines.get(1).endsWith(",delivered,200,2026-11-02T14:03:10.250Z"), lines.get(1));
    assertNull(csv.header("link"));
  }

  @Test
  void linksTheNextPageOfCsv() {
    for (int i = 0; i < 3; i++) {
      given("c-" + i, Samples.NOW.plusSeconds(i), DeliveryState.FAILED);
    }
    int rows = 0;
    String link = PATH + "?limit=2&state=failed";
    while (link != null) {
      ApiHarness.Answer page =
          affiliate.send("GET", link, null, Map.of("accept", "text/csv, */*;q=0.1")).expect(200);
      rows += (int) page.text().lines().count() - 1;
      String header = page.header("link");
      link = header == null ? null : header.replaceFirst("<(.*)>; rel=\"next\"", "$1");
    }
    assertEquals(3, rows);
  }

  @Test
  void csvHasEveryMemberOfADelivery() {
    List<String> members =
        new ArrayList<>(
            OpenApiContract.load()
                .document()
                .at("/components/schemas/Delivery/properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList());
    members.removeAll(List.of("attempts", "body", "truncated"));
    String header =
        affiliate
            .send("GET", PATH, null, Map.of("accept", "text/csv"))
            .text()
            .lines()
            .findFirst()
            .orElseThrow();
    List<String> columns = List.of(header.split(","));
    assertEquals(Set.copyOf(members), Set.copyOf(columns.subList(0, columns.size() - 3)));
  }

  @Test
  void filtersByTheResult() {
    Delivery delivered = given("c1", Samples.NOW, DeliveryState.DELIVERED);
    Delivery failed = given("c2", Samples.NOW.plusSeconds(1), DeliveryState.FAILED);
    Delivery retrying = given("c3", Samples.NOW.plusSeconds(2), DeliveryState.RETRYING);

    assertEquals(ids(delivered), listed("?outcome=delivered"));
    assertEquals(ids(retrying, failed), listed("?outcome=http_error"));
    assertEquals(ids(delivered), listed("?http_status=200"));
    assertEquals(ids(failed), listed("?failed_reason=exhausted"));
    assertEquals(List.of(), listed("?failed_reason=rejected"));
    assertEquals(
        List.of(
            "outcome invalid_value", "http_status invalid_integer", "failed_reason invalid_value"),
        affiliate.get(PATH + "?outcome=lost&http_status=1&failed_reason=x").expect(422).errors());
  }

  @Test
  void pagesThroughTenThousandWithoutGapsOrRepeats() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      newestFirst.add(0, given("c-" + i, Samples.NOW.plusMillis(i), DeliveryState.FAILED).id());
    }
    List<String> paged = new ArrayList<>();
    String cursor = "";
    int extra = 0;
    do {
      JsonNode page =
          affiliate
              .get(PATH + "?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .expect(200)
              .json();
      page.get("items").forEach(item -> paged.add(item.get("delivery_id").asText()));
      cursor = page.get("next").asText("");
      given("new-" + extra++, Samples.NOW.plusSeconds(60 + extra), DeliveryState.FAILED);
    } while (!cursor.isEmpty());
    assertEquals(newestFirst, paged);
  }

  @Test
  void pagesThroughTheDeliveriesOfOneConversion() {
    Conversion conversion = Samples.conversion("c-1");
    ConversionEvent event =
        new ConversionEvent(
            EventId.of(
                Samples.NOW,
                new EventIdentity("77", "c-1", conversion.goal(), conversion.status())),
            conversion,
            false,
            List.of("p1", "p2", "p3"),
            List.of());
    api.events.claim(event);
    event.callbacks().forEach(id -> api.log.save(Samples.delivered(Samples.callback(event, id))));

    JsonNode first = affiliate.get(PATH + "?conversion_id=c-1&limit=2").json();
    assertEquals(2, first.get("items").size());
    String cursor = first.get("next").asText();
    JsonNode second = affiliate.get(PATH + "?conversion_id=c-1&limit=2&cursor=" + cursor).json();
    assertEquals(1, second.get("items").size());
    assertTrue(second.get("next").isNull());
    affiliate.get(PATH + "?cursor=" + cursor).expect(422);
  }

  @Test
  void pagesThroughTheDeliveriesOfAConversionWithManyEvents() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      EventIdentity identity =
          new EventIdentity("77", "c-1", "goal " + i, Samples.conversion("c-1").status());
      ConversionEvent event =
          new ConversionEvent(
              // Several of them have the same time.
              EventId.of(Samples.NOW.plusMillis(i / 3), identity),
              new Conversion(identity, Samples.OFFER, null, null, PushedFields.NONE),
              false,
              List.of("p1", "p2"),
              List.of());
      api.events.claim(event);
      for (String id : event.callbacks()) {
        Delivery delivered = Samples.delivered(Samples.callback(event, id));
        api.log.save(delivered);
        newestFirst.add(delivered.id());
      }
    }
    newestFirst.sort(Comparator.reverseOrder());
    List<String> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = affiliate.get(PATH + "?conversion_id=c-1&limit=7" + cursor).json();
      page.get("items").forEach(item -> paged.add(item.get("delivery_id").asText()));
      cursor = "&cursor=" + page.get("next").asText("");
    } while (!cursor.equals("&cursor="));
    assertEquals(newestFirst, paged);
  }

  @Test
  void shortensPagesThatWouldBeTooLarge() {
    for (int i = 0; i < 40; i++) {
      Callback usual =
          Samples.callback(event("c-" + i, Samples.NOW.plusMillis(i), List.of()), "p1");
      Callback large =
          new Callback(
              usual.deliveryId(),
              usual.postbackId(),
              new ReportedEvent(
                  usual.affiliateId(),
                  usual.offerId(),
                  usual.conversionId(),
                  usual.conversionStatus(),
                  false),
              new CallbackRequest(
                  HttpMethod.POST, Samples.URL, "x".repeat(200_000), "application/json"));
      api.log.save(Samples.delivery(large, DeliveryState.HELD, List.of()));
    }
    int items = 0;
    @Nullable String cursor = null;
    do {
      ApiHarness.Answer answer =
          affiliate.get(PATH + "?limit=200" + (cursor == null ? "" : "&cursor=" + cursor));
      assertTrue(answer.text().length() < 2_000_000);
      items += answer.json().get("items").size();
      cursor = answer.json().get("next").textValue();
    } while (cursor != null);
    assertEquals(40, items);
  }

  @Test
  void rejectsTheFilterForPendingDeliveries() {
    assertEquals(
        List.of("state invalid_value"),
        affiliate.get(PATH + "?state=pending").expect(422).errors());
  }

  @Test
  void namesInvalidParameters() {
    assertEquals(
        List.of("since invalid_time", "stat unknown_field"),
        affiliate.get(PATH + "?since=yesterday&stat=failed").expect(422).errors());
    assertEquals(
        List.of("until empty_range"),
        affiliate
            .get(PATH + "?since=2026-11-02T00:00:00Z&until=2026-11-02T00:00:00Z")
            .expect(422)
            .errors());
  }

  @Test
  void showsAPendingDeliveryFromItsEvent() {
    api.postbacks.create(Samples.postback("p1", null));
    ConversionEvent event = event("c-1", Samples.NOW, List.of());
    String id = event.id().deliveryId("p1");
    JsonNode delivery = affiliate.get(PATH + "/" + id).expect(200).json();
    assertEquals("pending", delivery.get("state").asText());
    assertEquals(
        "https://track.example.com/postback?cid=w8J3kUG5s0dKQ2m7Zx1v&payout=12.50&txid=c-1",
        delivery.get("url").asText());
    assertEquals("[]", delivery.get("attempts").toString());
    assertEquals(ids(), listed(""));
    assertEquals("not_finished", affiliate.post(PATH + "/" + id + "/resend").expect(409).problem());

    api.postbacks.delete("77", "p1", null);
    assertEquals("", affiliate.get(PATH + "/" + id).expect(200).json().get("url").asText());
  }

  @Test
  void anotherAffiliatesDeliveriesGive404() {
    Delivery row = given("c-1", Samples.NOW, DeliveryState.FAILED);
    api.affiliate("88").get("/v1/affiliates/88/deliveries/" + row.id()).expect(404);
    api.affiliate("88").post("/v1/affiliates/88/deliveries/" + row.id() + "/resend").expect(404);
    affiliate.get(PATH + "/nonsense").expect(404);
    assertFalse(api.affiliate("88").get("/v1/affiliates/88/deliveries").text().contains(row.id()));
  }

  @Test
  void resendsAsTheNextAttempt() {
    api.postbacks.create(Samples.postback("p1", null));
    Delivery row = given("c-1", Samples.NOW, DeliveryState.FAILED);
    JsonNode resent = affiliate.post(PATH + "/" + row.id() + "/resend").expect(202).json();
    assertEquals("retrying", resent.get("state").asText());
    assertEquals(api.now.toString(), resent.get("next_attempt_at").asText());
    assertEquals(2, api.queue.sent().getFirst().attempt());
    affiliate.post(PATH + "/" + row.id() + "/resend", "{\"now\": true}").expect(422);
    affiliate.post(PATH + "/" + row.id() + "/resend", "{}").expect(202);
    affiliate.post(PATH + "/" + row.id() + "/resend", "{\"force\": 1}").expect(422);
    affiliate.post(PATH + "/" + row.id() + "/resend", "{\"force\": true}").expect(202);
    Delivery forced = Objects.requireNonNull(api.log.find("77", row.id()));
    assertEquals(new WebhookId.Forced(4), forced.history().webhookId());
  }

  @Test
  void reportsWhyItCannotResend() {
    api.postbacks.create(Samples.postback("p1", null).paused(PausedReason.GONE, Samples.NOW));
    Delivery row = given("c-1", Samples.NOW, DeliveryState.HELD);
    String path = PATH + "/" + row.id() + "/resend";
    assertEquals("postback_paused", affiliate.post(path).expect(409).problem());
    api.postbacks.delete("77", "p1", null);
    assertEquals("postback_deleted", affiliate.post(path).expect(409).problem());
    api.postbacks.create(Samples.postback("p1", null));
    api.log.save(row.leased(api.now.plusSeconds(5)));
    assertEquals("attempt_running", affiliate.post(path).expect(409).problem());
  }

  @Test
  void reportsAnUnavailableQueue() {
    api.postbacks.create(Samples.postback("p1", null));
    Delivery row = given("c-1", Samples.NOW, DeliveryState.FAILED);
    api.queue.refuse(_ -> true);
    affiliate.post(PATH + "/" + row.id() + "/resend").expect(503);
  }

  @Test
  void resendsManyAndContinuesByCursor() {
    api.postbacks.create(Samples.postback("p1", null));
    for (int i = 0; i < 10_010; i++) {
      given("c-" + i, Samples.NOW.plusMillis(i), DeliveryState.FAILED);
    }
    String body = "{\"since\": \"2026-11-02T00:00:00Z\", \"states\": [\"failed\"]}";
    JsonNode first = affiliate.post("/v1/affiliates/77/resends", body).expect(202).json();
    assertEquals(10_000, first.get("count").asInt());
    String cursor = first.get("next").asText();

    affiliate
        .post("/v1/affiliates/77/resends?cursor=" + cursor, "{\"since\": \"2026-11-01T00:00:00Z\"}")
        .expect(422);
    JsonNode second =
        affiliate.post("/v1/affiliates/77/resends?cursor=" + cursor, body).expect(202).json();
    assertEquals(10, second.get("count").asInt());
    assertTrue(second.get("next").isNull());
    JsonNode inBody =
        affiliate
            .post(
                "/v1/affiliates/77/resends", body.replace("}", ", \"cursor\": \"" + cursor + "\"}"))
            .expect(202)
            .json();
    assertEquals(0, inBody.get("count").asInt());
  }

  @Test
  void namesInvalidFieldsOfABulkResend() {
    assertEquals(
        Set.of("since required", "postback_id invalid_id", "states[0] invalid_value"),
        Set.copyOf(
            affiliate
                .post(
                    "/v1/affiliates/77/resends",
                    "{\"states\": [\"pending\"], \"postback_id\": \"a b\"}")
                .expect(422)
                .errors()));
    assertEquals(
        List.of("states empty"),
        affiliate
            .post(
                "/v1/affiliates/77/resends",
                "{\"since\": \"2026-11-02T00:00:00Z\", \"states\": []}")
            .expect(422)
            .errors());
  }
}

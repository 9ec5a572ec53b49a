package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.statistics.CountedChange;
import com.natifico.postback.statistics.SequenceNumber;
import com.natifico.postback.statistics.Statistics;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
  private static final String PATH = "/v1/affiliates/77/statistics";

  private final ApiHarness api = new ApiHarness();
  private int changes;

  private void count(Delivery row) {
    CountedChange change =
        CountedChange.between(new SequenceNumber(Integer.toString(++changes)), null, row)
            .orElseThrow();
    new Statistics(api.statistics).count("shard", List.of(change), StatisticsTest::fail);
  }

  private static void fail(RuntimeException unexpected) {
    throw unexpected;
  }

  private static Delivery delivered(String conversionId, Duration after) {
    return Samples.delivered(
        Samples.callback(
            Samples.event(Samples.conversion(conversionId), Samples.NOW.plus(after)), "p1"));
  }

  @Test
  void reportsTheLastDayByHour() throws Exception {
    count(delivered("c-1", Duration.ZERO));
    count(delivered("c-2", Duration.ofHours(-1)));
    count(
        Samples.delivery(
            Samples.callback("c-3", "p1"),
            DeliveryState.RETRYING,
            List.of(Samples.attempt(1, Outcome.HTTP_ERROR))));
    count(delivered("c-4", Duration.ofHours(-25)));

    assertEquals(
        new JsonMapper()
            .readTree(
                """
                {"items": [
                  {"from": "2026-11-02T13:00:00Z", "postback_id": "p1", "delivered": 1,
                   "retrying": 0, "failed": 0, "rejected": 0, "held": 0, "superseded": 0,
                   "attempts": 1, "latency_p50_ms": 97, "latency_p95_ms": 97},
                  {"from": "2026-11-02T14:00:00Z", "postback_id": "p1", "delivered": 1,
                   "retrying": 1, "failed": 0, "rejected": 0, "held": 0, "superseded": 0,
                   "attempts": 2, "latency_p50_ms": 97, "latency_p95_ms": 97}
                ]}
                """),
        api.affiliate("77").get(PATH).expect(200).json());
  }

  @Test
  void reportsAMonthByDay() {
    count(delivered("c-1", Duration.ZERO));
    count(delivered("c-2", Duration.ofHours(-2)));
    count(delivered("c-3", Duration.ofDays(-29)));
    count(delivered("c-4", Duration.ofDays(-31)));

    var items = api.as("manager").get(PATH + "?by=day").expect(200).json().get("items");
    assertEquals(2, items.size());
    assertEquals(2, items.at("/1/delivered").asInt());
    assertEquals("2026-11-02T00:00:00Z", items.at("/1/from").asText());
  }

  @Test
  void showsNothingOfAnotherAffiliate() {
    count(delivered("c-1", Duration.ZERO));

    assertEquals(
        0,
        api.as("manager")
            .get("/v1/affiliates/88/statistics")
            .expect(200)
            .json()
            .get("items")
            .size());
    api.affiliate("88").get(PATH).expect(404);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    api.affiliate("77").get(PATH + "?by=week").expect(422);
    api.affiliate("77").get(PATH + "?cursor=x").expect(422);
    api.affiliate("77")
        .get(PATH + "?since=2026-11-02T00:00:00Z&until=2026-11-01T00:00:00Z")
        .expect(422);
  }

  @Test
  void showsNoNumberBelowZero() {
    Delivery retrying =
        Samples.delivery(
            Samples.callback("c-1", "p1"),
            DeliveryState.RETRYING,
            List.of(Samples.attempt(1, Outcome.HTTP_ERROR)));
    CountedChange change =
        CountedChange.between(
                new SequenceNumber("1"),
                retrying,
                retrying.delivered(Samples.attempt(2, Outcome.DELIVERED)))
            .orElseThrow();
    new Statistics(api.statistics).count("shard", List.of(change), StatisticsTest::fail);

    assertEquals(
        0, api.affiliate("77").get(PATH).expect(200).json().at("/items/0/retrying").asInt());
  }
}

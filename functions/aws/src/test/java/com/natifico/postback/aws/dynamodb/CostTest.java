package com.natifico.postback.aws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog.Order;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.testing.Samples;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The cost of the stores' part of a conversion, as DynamoDB counts it. */
final class CostTest {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final Duration RETENTION = Duration.ofDays(90);
  private static final String EVENTS = ENGINE.createEventsTable();
  private static final String DELIVERIES = ENGINE.createDeliveriesTable();
  private static final String POSTBACKS = ENGINE.createPostbacksTable();

  private final String affiliate = "a" + UUID.randomUUID();
  private final DynamoDbEventStore events =
      new DynamoDbEventStore(ENGINE.client(), EVENTS, RETENTION, new SecureRandom());
  private final DynamoDbDeliveryLog log =
      new DynamoDbDeliveryLog(ENGINE.client(), DELIVERIES, RETENTION, new SecureRandom());
  private final DynamoDbPostbackStore postbacks =
      new DynamoDbPostbackStore(ENGINE.client(), POSTBACKS, new SecureRandom());

  @Test
  void claimsAUsualConversionForOneWriteUnit() {
    ConversionEvent event = usual();
    assertEquals(new Bill(Map.of("PutItem", 1), 1, 0), Meter.of(() -> events.claim(event)));
  }

  @Test
  void claimsWithAllGlobalPostbacksReplacedForOneWriteUnit() {
    ConversionEvent usual = usual();
    ConversionEvent event =
        new ConversionEvent(
            usual.id(),
            new Conversion(
                new EventIdentity(
                    affiliate, "c1", usual.conversion().goal(), usual.conversion().status()),
                usual.conversion().offerId(),
                usual.conversion().occurredAt(),
                null,
                new PushedFields(
                    Map.of("ref_id", "w8J3kUG5s0dKQ2m7Zx1v", "sum", "12.50", "currency", "USD"))),
            false,
            List.of("1m6e94cj2k3v8x0q5"),
            IntStream.range(10, 30)
                .mapToObj(
                    i ->
                        new Skipped(
                            "1m6e94cj2k3v8x0" + i, Skipped.Reason.REPLACED_BY_OFFER_POSTBACK, null))
                .toList());
    assertEquals(1, Meter.of(() -> events.claim(event)).writeUnits());
  }

  @Test
  void findsTheExistingClaimWithoutAnotherCall() {
    events.claim(usual());
    Bill bill = Meter.of(() -> assertNotNull(events.claim(usual())));
    assertEquals(Map.of("PutItem", 1), bill.calls());
  }

  @Test
  void savesADeliveryWithOneAttemptForOneWriteUnit() {
    Delivery delivery = delivered();
    assertEquals(new Bill(Map.of("PutItem", 1), 1, 0), Meter.of(() -> log.save(delivery)));
  }

  /** One of the row, and one because it enters or leaves the index of the timer. */
  @Test
  void savesAFailedAttemptAndItsSuccessForTwoWriteUnitsEach() {
    Delivery failed =
        Delivery.unrecorded(delivered().callback())
            .retrying(
                Samples.attempt(1, Outcome.HTTP_ERROR),
                Samples.NOW.plusSeconds(67),
                UUID.randomUUID().toString());
    Delivery delivered = failed.delivered(Samples.attempt(2, Outcome.DELIVERED));
    assertEquals(2, Meter.of(() -> log.save(failed)).writeUnits());
    assertEquals(2, Meter.of(() -> log.save(delivered)).writeUnits());
  }

  @Test
  void findsADeliveryForOneReadUnit() {
    Delivery delivery = delivered();
    log.save(delivery);
    assertEquals(
        new Bill(Map.of("GetItem", 1), 0, 1), Meter.of(() -> log.find(affiliate, delivery.id())));
  }

  @Test
  void matchesAnOfferForOneReadUnitRegardlessOfOtherPostbacks() {
    for (int i = 0; i < 60; i++) {
      postbacks.create(Samples.postback(affiliate, "p" + i, i < 3 ? null : "o" + i % 5));
    }
    Bill bill = Meter.of(() -> assertEquals(14, postbacks.forOffer(affiliate, "o1").size()));
    assertEquals(2, bill.calls("Query"));
    assertTrue(bill.readUnits() <= 1, () -> "read units: " + bill.readUnits());
  }

  @Test
  void readsOnlyTheRowsOfAPage() {
    for (int i = 0; i < 300; i++) {
      log.save(Samples.delivered(Samples.callback(usual("c" + i), "p1")));
    }
    Bill bill =
        Meter.of(() -> log.list(affiliate, DeliveryFilter.ALL, Order.NEWEST_FIRST, null, 50));
    assertEquals(1, bill.calls("Query"));
    assertTrue(bill.readUnits() <= 6, () -> "read units: " + bill.readUnits());
  }

  @Test
  void limitsTheReadsOfAPage() {
    DynamoDbDeliveryLog log =
        new DynamoDbDeliveryLog(ENGINE.client(), DELIVERIES, RETENTION, new SecureRandom(), 20);
    for (int i = 0; i < 300; i++) {
      log.save(Samples.delivered(Samples.callback(usual("c" + i), "p1")));
    }
    DeliveryFilter rare =
        new DeliveryFilter(null, null, Set.of(DeliveryState.RETRYING), null, null);
    Bill bill =
        Meter.of(
            () -> {
              var page = log.list(affiliate, rare, Order.OLDEST_FIRST, null, 50);
              assertEquals(List.of(), page.items());
              assertNotNull(page.next());
            });
    assertEquals(10, bill.calls("Query"));
  }

  @Test
  void expiresRowsAfterTheirRetention() {
    ConversionEvent event = usual();
    events.claim(event);
    log.save(Samples.delivered(Samples.callback(event, "p1")));
    String expected = Long.toString(Samples.NOW.plus(RETENTION).getEpochSecond());
    assertEquals(expected, expiry(EVENTS, EventItem.key(affiliate, event.id())));
    assertEquals(
        expected, expiry(DELIVERIES, DeliveryItem.key(affiliate, event.id().deliveryId("p1"))));
  }

  private static String expiry(String table, Map<String, AttributeValue> key) {
    AttributeValue value =
        ENGINE.client().getItem(get -> get.tableName(table).key(key)).item().get(Expiry.ATTRIBUTE);
    return value == null ? "none" : value.n();
  }

  private Delivery delivered() {
    return Samples.delivered(Samples.callback(usual(), "1m6e94cj2k3v8x0q5"));
  }

  private ConversionEvent usual() {
    return usual("c-81f2c0de77");
  }

  private ConversionEvent usual(String conversionId) {
    return Samples.event(Samples.conversion(affiliate, conversionId), Samples.NOW);
  }
}

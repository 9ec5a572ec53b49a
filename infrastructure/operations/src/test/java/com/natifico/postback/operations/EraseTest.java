package com.natifico.postback.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.aws.dynamodb.DynamoDbCallLimits;
import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.dynamodb.DynamoDbEventStore;
import com.natifico.postback.aws.dynamodb.DynamoDbPostbackStore;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.limit.LimitedCall;
import com.natifico.postback.operations.Erase.Request;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.testing.Samples;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the command on DynamoDB Local; the functions' own adapters write the tables. */
final class EraseTest {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final Instant CLAIMED = Instant.parse("2026-11-02T14:00:00Z");
  private static final Duration RETENTION = Duration.ofDays(90);

  /** Results in pages of eight items. */
  private static final double UNITS_PER_SECOND = 1;

  private final String eventsTable = ENGINE.createEventsTable();
  private final String deliveriesTable = ENGINE.createDeliveriesTable();
  private final String postbacksTable = ENGINE.createPostbacksTable();
  private final String limitsTable = ENGINE.createLimitsTable();
  private final DynamoDbEventStore events =
      new DynamoDbEventStore(ENGINE.client(), eventsTable, RETENTION, new Random(1));
  private final DynamoDbDeliveryLog log =
      new DynamoDbDeliveryLog(ENGINE.client(), deliveriesTable, RETENTION, new Random(2));
  private final DynamoDbPostbackStore postbacks =
      new DynamoDbPostbackStore(ENGINE.client(), postbacksTable, new Random(3));
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private Instant now = CLAIMED.plus(Duration.ofHours(2));

  private int erase(String request) throws InterruptedException {
    return new Erase(
            ENGINE.client(),
            Map.of(
                "EVENTS_TABLE",
                eventsTable,
                "DELIVERIES_TABLE",
                deliveriesTable,
                "POSTBACKS_TABLE",
                postbacksTable,
                "LIMITS_TABLE",
                limitsTable),
            UNITS_PER_SECOND,
            () -> now,
            time -> now = now.plus(time),
            new PrintStream(printed, true, StandardCharsets.UTF_8))
        .answer(request(request));
  }

  /** {@code conversion 77 c-1 now anyway}, {@code affiliate 77}, and so on. */
  private static Request request(String text) {
    List<String> words = List.of(text.split(" "));
    String conversion = words.getFirst().equals("conversion") ? words.get(2) : null;
    return new Request(words.get(1), conversion, words.contains("now"), words.contains("anyway"));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private ConversionEvent accepted(String affiliate, String conversion) {
    ConversionEvent event = Samples.event(Samples.conversion(affiliate, conversion), CLAIMED);
    events.claim(event);
    return event;
  }

  private Delivery row(ConversionEvent event, DeliveryState state) {
    Delivery row =
        Samples.delivery(
            Samples.callback(event, "p1"), state, List.of(Samples.attempt(1, Outcome.HTTP_ERROR)));
    assertTrue(log.save(row));
    return row;
  }

  private int left(String table) {
    return ENGINE.client().scan(scan -> scan.tableName(table)).count();
  }

  @Test
  void erasesAConversionAndNothingElse() throws Exception {
    ConversionEvent event = accepted("77", "c-1");
    Delivery row = row(event, DeliveryState.DELIVERED);
    ConversionEvent other = accepted("77", "c-2");
    Delivery otherRow = row(other, DeliveryState.DELIVERED);
    ConversionEvent others = accepted("7", "c-1");

    assertEquals(0, erase("conversion 77 c-1 now"));

    assertNull(events.find("77", event.id()));
    assertNull(log.find("77", row.id()));
    assertNotNull(events.find("77", other.id()));
    assertNotNull(log.find("77", otherRow.id()));
    assertNotNull(events.find("7", others.id()));
    assertEquals(0, erase("conversion 77 c-1"));
  }

  @Test
  void onlyCountsWithoutNow() throws Exception {
    ConversionEvent event = accepted("77", "c-1");
    row(event, DeliveryState.HELD);
    assertEquals(1, erase("conversion 77 c-1"));
    assertTrue(
        printed()
            .startsWith(
                "affiliate 77 conversion c-1: events 1 deliveries 1 other 0 waiting 0 postbacks 0"),
        printed());
    assertNotNull(events.find("77", event.id()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"conversion 77 c-1", "affiliate 77"})
  void keepsItemsThatAMessageWouldWriteAgain(String what) throws Exception {
    ConversionEvent untried = accepted("77", "c-1");
    assertEquals(1, erase(what + " now"));
    assertTrue(printed().contains("waiting " + untried.id().deliveryId("p1")), printed());
    row(untried, DeliveryState.RETRYING);
    assertEquals(1, erase(what + " now"));
    assertNotNull(events.find("77", untried.id()));

    assertEquals(0, erase(what + " now anyway"));
    assertEquals(0, left(eventsTable) + left(deliveriesTable));
  }

  @Test
  void erasesAnAffiliateAcrossManyPages() throws Exception {
    for (int i = 0; i < 40; i++) {
      row(accepted("77", "c-" + i), DeliveryState.DELIVERED);
    }
    row(accepted("7", "c-1"), DeliveryState.DELIVERED);
    row(accepted("771", "c-1"), DeliveryState.DELIVERED);

    assertEquals(0, erase("affiliate 77 now"));

    assertTrue(printed().contains("events 40 deliveries 40 "), printed());
    assertEquals(2, left(eventsTable));
    assertEquals(2, left(deliveriesTable));
  }

  @Test
  void refusesToEraseAnAffiliateThatHasPostbacks() throws Exception {
    Postback postback = Samples.postback("p1", "1042");
    postbacks.create(postback);
    row(accepted("77", "c-1"), DeliveryState.DELIVERED);
    assertEquals(1, erase("affiliate 77 now anyway"));
    assertEquals(1, left(deliveriesTable));

    postbacks.delete("77", "p1", null);
    assertEquals(0, erase("affiliate 77 now"));
    assertEquals(0, left(eventsTable) + left(deliveriesTable) + left(postbacksTable));
  }

  @Test
  void erasesTheLimitsOfAnAffiliate() throws Exception {
    CallLimits limits = new DynamoDbCallLimits(ENGINE.client(), limitsTable, () -> now);
    for (LimitedCall call : LimitedCall.values()) {
      limits.take("77", call);
    }
    limits.take("771", LimitedCall.RESEND);
    assertEquals(1, erase("affiliate 77"));

    assertEquals(0, erase("affiliate 77 now"));

    assertEquals(1, left(limitsTable));
    assertEquals(0, erase("affiliate 77"));
  }

  @Test
  void erasesAConversionWhateverItsIdIs() throws Exception {
    String id = "a/b#ü";
    row(accepted("77", id), DeliveryState.DELIVERED);
    assertEquals(0, erase("conversion 77 " + id + " now"));
    assertEquals(0, left(eventsTable));
  }

  @ParameterizedTest
  @CsvSource({"7/7, c-1, true, false", "77, '', true, false", "77, c-1, false, true"})
  void refusesWhatItDoesNotUnderstand(
      String affiliate, String conversion, boolean now, boolean anyway) {
    assertThrows(
        IllegalArgumentException.class, () -> new Request(affiliate, conversion, now, anyway));
  }
}

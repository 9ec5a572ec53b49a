package com.natifico.postback.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.dynamodb.DynamoDbEventStore;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.operations.Reconcile.Question;
import com.natifico.postback.testing.Samples;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the command on DynamoDB Local; the functions' own adapters write the tables. */
final class ReconcileTest {
  private static final DynamoDbEngine ENGINE = DynamoDbEngine.shared();
  private static final Instant CLAIMED = Instant.parse("2026-11-02T14:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final Duration RETENTION = Duration.ofDays(90);

  private final String eventsTable = ENGINE.createEventsTable();
  private final String deliveriesTable = ENGINE.createDeliveriesTable();
  private final DynamoDbEventStore events =
      new DynamoDbEventStore(ENGINE.client(), eventsTable, RETENTION, new Random(1));
  private final DynamoDbDeliveryLog log =
      new DynamoDbDeliveryLog(ENGINE.client(), deliveriesTable, RETENTION, new Random(2));
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private Instant now = CLAIMED.plus(Duration.ofHours(2));

  private int reconcile(List<String> affiliates, double unitsPerSecond)
      throws InterruptedException {
    return reconcile(affiliates, unitsPerSecond, time -> now = now.plus(time));
  }

  private int reconcile(List<String> affiliates, double unitsPerSecond, Pace.Pause pause)
      throws InterruptedException {
    return new Reconcile(
            ENGINE.client(),
            Map.of("EVENTS_TABLE", eventsTable, "DELIVERIES_TABLE", deliveriesTable),
            () -> now,
            pause,
            new PrintStream(printed, true, StandardCharsets.UTF_8))
        .answer(new Question(affiliates, DAY, unitsPerSecond, Reconcile.PATIENCE));
  }

  private int reconcile() throws InterruptedException {
    return reconcile(List.of("77"), Reconcile.UNITS_PER_SECOND);
  }

  private List<String> printed() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private ConversionEvent accepted(String affiliate, String conversion, Instant claimed) {
    ConversionEvent event = Samples.event(Samples.conversion(affiliate, conversion), claimed);
    events.claim(event);
    return event;
  }

  private ConversionEvent accepted(String conversion) {
    return accepted("77", conversion, CLAIMED);
  }

  private Delivery row(ConversionEvent event, DeliveryState state) {
    Delivery row =
        Samples.delivery(
            Samples.callback(event, "p1"), state, List.of(Samples.attempt(1, Outcome.HTTP_ERROR)));
    assertTrue(log.save(row));
    return row;
  }

  private Delivery retrying(ConversionEvent event, Instant next) {
    Delivery row =
        Delivery.unrecorded(Samples.callback(event, "p1"))
            .retrying(Samples.attempt(1, Outcome.TIMEOUT), next, "m1");
    assertTrue(log.save(row));
    return row;
  }

  private void assertOnlyDifference(String kind, String deliveryId) throws InterruptedException {
    assertEquals(1, reconcile());
    assertEquals(3, printed().size(), printed().toString());
    assertTrue(printed().get(0).endsWith(" differences 1"), printed().toString());
    assertTrue(
        printed().get(1).startsWith("  " + kind + " " + deliveryId + " conversion "),
        printed().toString());
  }

  @Test
  void countsTheOutcomesOfADay() throws Exception {
    row(accepted("c-1"), DeliveryState.DELIVERED);
    row(accepted("c-2"), DeliveryState.DELIVERED);
    row(accepted("c-3"), DeliveryState.FAILED);
    row(accepted("c-4"), DeliveryState.HELD);
    retrying(accepted("c-5"), now.plusSeconds(60));
    accepted("77", "c-6", now.minusSeconds(60));
    row(accepted("77", "c-7", now.minusSeconds(60)), DeliveryState.PENDING);
    row(accepted("88", "c-1", CLAIMED), DeliveryState.DELIVERED);
    row(accepted("77", "c-8", CLAIMED.minus(Duration.ofDays(1))), DeliveryState.DELIVERED);
    row(accepted("77", "c-9", CLAIMED.plus(Duration.ofDays(1))), DeliveryState.DELIVERED);

    assertEquals(0, reconcile());
    assertEquals(
        "affiliate 77 on 2026-11-02: events 7 accepted 7 delivered 2 retrying 1 held 1 failed 1"
            + " rejected 0 superseded 0 waiting 2 missing 0 differences 0",
        printed().getFirst());
  }

  @Test
  void countsSeveralAffiliatesWithOneScan() throws Exception {
    row(accepted("77", "c-1", CLAIMED), DeliveryState.DELIVERED);
    row(accepted("88", "c-1", CLAIMED), DeliveryState.FAILED);
    row(accepted("7", "c-1", CLAIMED), DeliveryState.HELD);

    assertEquals(0, reconcile(List.of("77", "88"), Reconcile.UNITS_PER_SECOND));
    assertTrue(printed().get(0).startsWith("affiliate 77 on 2026-11-02: events 1 "));
    assertTrue(printed().get(1).startsWith("affiliate 88 on 2026-11-02: events 1 "));
    assertEquals(3, printed().size());
  }

  /** It reports an event of a postback, and no conversion promises it. */
  @Test
  void leavesOutADeliveryOfANotification() throws Exception {
    ConversionEvent unknown = Samples.event(Samples.conversion("77", "e-1"), CLAIMED);
    log.save(
        Samples.delivery(
            Samples.callback(unknown, "nt_1"),
            DeliveryState.DELIVERED,
            List.of(Samples.attempt(1, Outcome.DELIVERED))));

    assertEquals(0, reconcile());
  }

  @Test
  void countsMidnightAsTheBeginningOfItsDay() throws Exception {
    row(accepted("77", "c-1", Instant.parse("2026-11-02T00:00:00Z")), DeliveryState.DELIVERED);
    row(accepted("77", "c-2", Instant.parse("2026-11-03T00:00:00Z")), DeliveryState.DELIVERED);
    assertEquals(0, reconcile());
    assertTrue(printed().getFirst().contains(" events 1 "), printed().toString());
  }

  @Test
  void countsCallbacksHeldByAPausedPostback() throws Exception {
    ConversionEvent event = held(false, new Skipped("p1", Skipped.Reason.PAUSED, null), "c-1");
    row(event, DeliveryState.HELD);
    assertEquals(0, reconcile());
    assertTrue(printed().getFirst().contains(" accepted 1 delivered 0 retrying 0 held 1 "));
  }

  @Test
  void expectsNoCallbackForSkippedPostbacksOrATestOfAPausedOne() throws Exception {
    held(true, new Skipped("p1", Skipped.Reason.PAUSED, null), "c-1");
    held(false, new Skipped("p1", Skipped.Reason.GOAL_FILTERED, null), "c-2");
    assertEquals(0, reconcile());
    assertTrue(printed().getFirst().contains(" events 2 accepted 0 "), printed().toString());
  }

  private ConversionEvent held(boolean test, Skipped skipped, String conversion) {
    ConversionEvent sent = Samples.event(Samples.conversion("77", conversion), CLAIMED);
    ConversionEvent event =
        new ConversionEvent(sent.id(), sent.conversion(), test, List.of(), List.of(skipped));
    events.claim(event);
    return event;
  }

  @Test
  void reportsACallbackWithoutARow() throws Exception {
    ConversionEvent event = accepted("c-1");
    assertOnlyDifference("no_row", event.id().deliveryId("p1"));
    assertTrue(printed().getFirst().contains(" accepted 1 "), printed().toString());
    assertTrue(printed().getFirst().contains(" missing 1 "), printed().toString());
  }

  @Test
  void reportsARowWithoutAnEvent() throws Exception {
    ConversionEvent event = Samples.event(Samples.conversion("77", "c-1"), CLAIMED);
    assertOnlyDifference("no_event", row(event, DeliveryState.DELIVERED).id());
  }

  @Test
  void reportsARowThatItsEventDoesNotPromise() throws Exception {
    ConversionEvent event = accepted("c-1");
    row(event, DeliveryState.DELIVERED);
    Delivery other = Samples.delivered(Samples.callback(event, "p2"));
    assertTrue(log.save(other));
    assertOnlyDifference("not_promised", other.id());
  }

  @Test
  void reportsAnOverdueRetry() throws Exception {
    Delivery late = retrying(accepted("c-1"), now.minus(Duration.ofMinutes(31)));
    retrying(accepted("c-2"), now.minus(Duration.ofMinutes(29)));
    assertOnlyDifference("overdue", late.id());
  }

  @Test
  void reportsAPendingRowThatWaitsTooLong() throws Exception {
    assertOnlyDifference("stuck_pending", row(accepted("c-1"), DeliveryState.PENDING).id());
  }

  @Test
  void readsAgainBeforeReportingADifference() throws Exception {
    ConversionEvent event = accepted("c-1");
    row(accepted("c-2"), DeliveryState.DELIVERED);
    int[] pauses = {0};
    int status =
        reconcile(
            List.of("77"),
            1,
            time -> {
              // Runs before the second read of the deliveries table.
              if (++pauses[0] == 2) {
                row(event, DeliveryState.DELIVERED);
              }
              now = now.plus(time);
            });
    assertEquals(0, status, printed().toString());
    assertTrue(pauses[0] >= 2);
    assertTrue(printed().getFirst().contains(" delivered 2 "), printed().toString());
  }

  @Test
  void ignoresExpiredItemsThatAreNotDeletedYet() throws Exception {
    accepted("c-1");
    now = CLAIMED.plus(RETENTION).plusSeconds(1);
    assertEquals(0, reconcile());
    assertTrue(printed().getFirst().contains(" events 0 "), printed().toString());
  }

  @Test
  void readsNoFasterThanAllowed() throws Exception {
    for (int i = 0; i < 60; i++) {
      row(accepted("c-" + i), DeliveryState.DELIVERED);
    }
    Instant start = now;
    assertEquals(0, reconcile(List.of("77"), 2));
    String last = printed().getLast();
    double units = Double.parseDouble(last.split(" ")[1]);
    assertTrue(units > 8, last);
    double seconds = Duration.between(start, now).toMillis() / 1000.0;
    // The units of the last request need no waiting.
    assertTrue(seconds >= units / 2 - 2, seconds + " s for " + units + " units");
  }

  @Test
  void findsEveryEventOverManyPages() throws Exception {
    for (int i = 0; i < 60; i++) {
      row(accepted("c-" + i), DeliveryState.DELIVERED);
    }
    assertEquals(0, reconcile(List.of("77"), 1));
    assertTrue(printed().getFirst().contains(" accepted 60 delivered 60 "), printed().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'',    100, 30",
    "7#7,   100, 30",
    "'77,', 100, 30",
    "77,      0, 30",
    "77,    NaN, 30",
    "77,    100, -1"
  })
  void refusesWhatItCannotAnswer(String affiliates, double unitsPerSecond, long minutes) {
    List<String> ids = List.of(affiliates.split(",", -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Question(ids, DAY, unitsPerSecond, Duration.ofMinutes(minutes)));
  }
}

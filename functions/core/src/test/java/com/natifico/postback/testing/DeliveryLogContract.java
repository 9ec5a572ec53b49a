package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.AttemptHistory;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryLog.Order;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.DeliveryStatus;
import com.natifico.postback.delivery.Lease;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.delivery.SendReason;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.delivery.WebhookId;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.RequestHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every {@link DeliveryLog}. */
public abstract class DeliveryLogContract {
  private final String affiliate = "a-" + UUID.randomUUID();
  private final DeliveryLog log = log();

  /** It may hold other affiliates' deliveries. */
  protected abstract DeliveryLog log();

  @Test
  void findsWhatWasSaved() {
    Delivery delivery = delivered("c1", Samples.NOW);
    assertTrue(log.save(delivery));
    assertEquals(delivery, log.find(affiliate, delivery.id()));
  }

  @Test
  void keepsEveryField() {
    Instant precise = Instant.parse("2026-11-02T14:03:09.123456789Z");
    Callback callback = callback("c1", Samples.NOW);
    Delivery full =
        new Delivery(
            new Callback(
                callback.deliveryId(),
                "p1",
                new ReportedEvent(
                    affiliate,
                    "1042",
                    "c1",
                    ConversionStatus.DECLINED,
                    true,
                    new ReportedEvent.Values("Grüße", "click \u0000 1", "-12.50", "EUR", 3),
                    precise.minusSeconds(9)),
                new CallbackRequest(
                    HttpMethod.POST,
                    "https://track.example.com/ü?x=%20",
                    "{\"city\":\"Köln 😀\"}",
                    "application/json; charset=utf-8",
                    new RequestHeaders(Map.of("Authorization", "Bearer a b", "X-Id", "1")))),
            new DeliveryStatus.Retrying(precise.plusSeconds(300), "1d3c1f0e-message-id"),
            AttemptHistory.of(
                List.of(
                    new Attempt(
                        1,
                        precise,
                        new AttemptResult(
                            Outcome.DNS,
                            null,
                            new Attempt.Latency(null, null, null, null, 0),
                            null,
                            "There is no such host.")),
                    new Attempt(
                        3,
                        precise.plusSeconds(60),
                        new AttemptResult(
                            Outcome.HTTP_ERROR,
                            503,
                            new Attempt.Latency(0, 1, 22, 333, 4444),
                            "",
                            "The endpoint answered 503.")),
                    new Attempt(
                        4,
                        precise.plusSeconds(90),
                        new AttemptResult(
                            Outcome.TIMEOUT,
                            200,
                            new Attempt.Latency(null, 1, null, 333, 10_000),
                            "ü\u0000\uFFFD<html>",
                            null,
                            "The body broke off."))),
                2),
            new Lease(precise.plusSeconds(20)),
            1);
    assertTrue(log.save(full));
    assertEquals(full, log.find(affiliate, full.id()));
    assertEquals(List.of(full), listed(DeliveryFilter.ALL, Order.NEWEST_FIRST, 50));
    assertEquals(Map.of(full.id(), full), log.findAll(affiliate, List.of(full.id())));
  }

  static List<DeliveryStatus> statuses() {
    return List.of(
        new DeliveryStatus.Pending(),
        new DeliveryStatus.Retrying(Samples.NOW, null),
        new DeliveryStatus.Retrying(Samples.NOW, "1@x"),
        new DeliveryStatus.Delivered(),
        new DeliveryStatus.Failed(null),
        new DeliveryStatus.Failed("2@x"),
        new DeliveryStatus.Unsent(UnsentReason.POSTBACK_DELETED),
        new DeliveryStatus.Unsent(UnsentReason.REQUEST_TOO_LARGE),
        new DeliveryStatus.Held());
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void keepsEveryStatus(DeliveryStatus status) {
    Delivery delivery =
        new Delivery(callback("c1", Samples.NOW), status, AttemptHistory.NONE, null, 1);
    assertTrue(log.save(delivery));
    assertEquals(delivery, log.find(affiliate, delivery.id()));
  }

  static List<AttemptHistory> resends() {
    return Stream.of(SendReason.values())
        .flatMap(
            reason ->
                Stream.of(new WebhookId.OfDelivery(), new WebhookId.Forced(7))
                    .map(id -> new AttemptHistory(List.of(), 0, 0, reason, id)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("resends")
  void keepsHowItWasResent(AttemptHistory history) {
    Delivery delivery =
        new Delivery(callback("c1", Samples.NOW), new DeliveryStatus.Delivered(), history, null, 1);
    assertTrue(log.save(delivery));
    assertEquals(delivery, log.find(affiliate, delivery.id()));
  }

  @Test
  void findsNoDeliveryThatWasNotSaved() {
    assertNull(log.find(affiliate, callback("c1", Samples.NOW).deliveryId()));
  }

  @Test
  void hidesOtherAffiliatesDeliveries() {
    Delivery delivery = delivered("c1", Samples.NOW);
    log.save(delivery);
    String other = affiliate + "b";
    assertNull(log.find(other, delivery.id()));
    assertEquals(Map.of(), log.findAll(other, List.of(delivery.id())));
    assertEquals(
        List.of(), log.list(other, DeliveryFilter.ALL, Order.NEWEST_FIRST, null, 50).items());
  }

  @Test
  void rejectsASecondFirstRevision() {
    Delivery delivery = delivered("c1", Samples.NOW);
    log.save(delivery);
    assertFalse(log.save(delivery));
  }

  @Test
  void writesOnlyTheNextRevision() {
    Delivery first = delivered("c1", Samples.NOW);
    Delivery second = Samples.revised(first, DeliveryState.HELD);
    Delivery third = Samples.revised(second, DeliveryState.FAILED);
    assertFalse(log.save(second), "there is none yet");
    assertTrue(log.save(first));
    assertFalse(log.save(third), "one was left out");
    assertTrue(log.save(second));
    assertFalse(log.save(second), "another worker was faster");
    assertEquals(second, log.find(affiliate, first.id()));
  }

  @Test
  void letsOneOfManyWritersWin() throws Exception {
    Delivery first = delivered("c1", Samples.NOW);
    log.save(first);
    Delivery second = Samples.revised(first, DeliveryState.HELD);
    List<Boolean> written =
        Race.run(IntStream.range(0, 16).mapToObj(_ -> Race.of(() -> log.save(second))).toList());
    assertEquals(1, Collections.frequency(written, true));
  }

  @Test
  void findsTheExistingOnesOfMany() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 230; i++) {
      Delivery delivery = delivered("c" + i, Samples.NOW.plusMillis(i));
      ids.add(delivery.id());
      if (i % 2 == 0) {
        log.save(delivery);
      }
    }
    ids.addAll(ids.subList(0, 3));
    Map<String, Delivery> found = log.findAll(affiliate, ids);
    assertEquals(115, found.size());
    found.forEach((id, delivery) -> assertEquals(id, delivery.id()));
    assertEquals(Map.of(), log.findAll(affiliate, List.of()));
  }

  @Test
  void findsLargeRowsTogether() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Delivery delivery = large("c" + i, Samples.NOW.plusMillis(i));
      log.save(delivery);
      ids.add(delivery.id());
    }
    assertEquals(60, log.findAll(affiliate, ids).size());
  }

  @Test
  void listsInBothOrders() {
    List<Delivery> saved = new ArrayList<>();
    for (int i : List.of(3, 1, 4, 0, 2)) {
      saved.add(delivered("c" + i, Samples.NOW.plusSeconds(3600L * i)));
    }
    saved.forEach(log::save);
    saved.sort((a, b) -> a.id().compareTo(b.id()));
    assertEquals(saved, listed(DeliveryFilter.ALL, Order.OLDEST_FIRST, 2));
    assertEquals(saved.reversed(), listed(DeliveryFilter.ALL, Order.NEWEST_FIRST, 2));
  }

  @Test
  void listsAPendingDeliveryOnlyIfAsked() {
    Delivery pending =
        Samples.delivery(callback("c1", Samples.NOW), DeliveryState.PENDING, List.of());
    log.save(pending);
    assertEquals(List.of(), listed(DeliveryFilter.ALL, Order.NEWEST_FIRST, 50));
    assertEquals(List.of(pending), listed(filter(Set.of(DeliveryState.values()), null, null)));
  }

  @Test
  void filtersByOfferPostbackAndState() {
    Delivery retrying =
        Samples.delivery(
            callback("c1", Samples.NOW),
            DeliveryState.RETRYING,
            List.of(Samples.attempt(1, Outcome.HTTP_ERROR)));
    Delivery delivered = delivered("c2", Samples.NOW.plusMillis(1));
    log.save(retrying);
    log.save(delivered);
    assertEquals(List.of(retrying), listed(filter(Set.of(DeliveryState.RETRYING), null, null)));
    assertEquals(
        List.of(delivered, retrying),
        listed(filter(Set.of(DeliveryState.RETRYING, DeliveryState.DELIVERED), null, null)));

    assertEquals(2, listed(new DeliveryFilter("1042", "p1", Set.of(), null, null)).size());
    assertEquals(0, listed(new DeliveryFilter("1043", null, Set.of(), null, null)).size());
    assertEquals(0, listed(new DeliveryFilter(null, "p2", Set.of(), null, null)).size());
  }

  @Test
  void filtersByTheEvent() {
    Delivery delivery = delivered("c1", Samples.NOW);
    Callback callback = callback("c2", Samples.NOW.plusMillis(1));
    Delivery test =
        Samples.delivered(
            new Callback(
                callback.deliveryId(),
                callback.postbackId(),
                new ReportedEvent(
                    affiliate,
                    Samples.OFFER,
                    "c2",
                    callback.conversionStatus(),
                    true,
                    new ReportedEvent.Values("1", "click-2", null, null, 1)),
                callback.request()));
    log.save(delivery);
    log.save(test);
    assertEquals(List.of(test), listed(ofEvent("click-2", null)));
    assertEquals(List.of(), listed(ofEvent("click-2", false)));
    assertEquals(List.of(), listed(ofEvent("click", null)));
    assertEquals(List.of(test), listed(ofEvent(null, true)));
    assertEquals(List.of(delivery), listed(ofEvent(null, false)));
  }

  private static DeliveryFilter ofEvent(@Nullable String refId, @Nullable Boolean test) {
    return DeliveryFilter.ALL.of(new DeliveryFilter.OfEvent(refId, test));
  }

  @Test
  void treatsSinceAsInclusiveAndUntilAsExclusive() {
    Delivery delivery = delivered("c1", Samples.NOW);
    log.save(delivery);
    Instant createdAt = delivery.callback().createdAt();
    List<Delivery> one = List.of(delivery);
    assertEquals(one, listed(filter(Set.of(), createdAt, null)));
    assertEquals(List.of(), listed(filter(Set.of(), createdAt.plusNanos(1), null)));
    assertEquals(one, listed(filter(Set.of(), createdAt.minusNanos(1), null)));
    assertEquals(List.of(), listed(filter(Set.of(), null, createdAt)));
    assertEquals(one, listed(filter(Set.of(), null, createdAt.plusNanos(1))));
    assertEquals(List.of(), listed(filter(Set.of(), null, createdAt.minusNanos(1))));
    assertEquals(one, listed(filter(Set.of(), createdAt, createdAt.plusMillis(1))));
  }

  @Test
  void acceptsAnyBounds() {
    Delivery delivery = delivered("c1", Samples.NOW);
    log.save(delivery);
    List<Delivery> one = List.of(delivery);
    assertEquals(
        one, listed(filter(Set.of(), Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"))));
    assertEquals(one, listed(filter(Set.of(), Instant.MIN, Instant.MAX)));
    assertEquals(List.of(), listed(filter(Set.of(), Instant.MAX, null)));
    assertEquals(List.of(), listed(filter(Set.of(), Instant.parse("9999-12-31T23:59:59Z"), null)));
    assertEquals(List.of(), listed(filter(Set.of(), null, Instant.MIN)));
    assertEquals(
        List.of(), listed(filter(Set.of(), Samples.NOW.plusSeconds(1), Samples.NOW)), "crossed");
    assertEquals(List.of(), listed(filter(Set.of(), Samples.NOW, Samples.NOW)), "empty");
  }

  @Test
  void continuesAfterAPositionOutsideTheBounds() {
    Delivery delivery = delivered("c1", Samples.NOW);
    Delivery before = delivered("c2", Samples.NOW.minusSeconds(60));
    Delivery behind = delivered("c3", Samples.NOW.plusSeconds(60));
    List.of(delivery, before, behind).forEach(log::save);
    DeliveryFilter filter = filter(Set.of(), Samples.NOW, Samples.NOW.plusSeconds(1));
    List<Delivery> one = List.of(delivery);
    assertEquals(one, page(filter, Order.NEWEST_FIRST, behind.id()));
    assertEquals(List.of(), page(filter, Order.NEWEST_FIRST, before.id()));
    assertEquals(one, page(filter, Order.OLDEST_FIRST, before.id()));
    assertEquals(List.of(), page(filter, Order.OLDEST_FIRST, behind.id()));
    assertEquals(List.of(), page(filter, Order.OLDEST_FIRST, delivery.id()));
    assertEquals(List.of(), page(filter, Order.NEWEST_FIRST, delivery.id()));
  }

  @Test
  void keepsItsPlaceWhileNewRowsArrive() {
    List<Delivery> saved =
        IntStream.range(0, 10)
            .mapToObj(i -> delivered("c" + i, Samples.NOW.plusSeconds(i)))
            .toList();
    saved.forEach(log::save);
    List<Delivery> seen =
        Pages.all(
            after -> {
              String more = after == null ? "d0" : "d" + after.hashCode();
              var page = log.list(affiliate, DeliveryFilter.ALL, Order.NEWEST_FIRST, after, 3);
              log.save(delivered(more, Samples.NOW.plusSeconds(1000)));
              return page;
            });
    assertEquals(saved.reversed(), seen);
  }

  @Test
  void listsLikeTheInMemoryLog() {
    DeliveryLog twin = new InMemoryDeliveryLog();
    Random random = new Random(42);
    List<String> offers = List.of("1042", "1043", "1044");
    List<DeliveryState> states = List.of(DeliveryState.values());
    List<Delivery> rows = new ArrayList<>();
    for (int i = 0; i < rows(); i++) {
      Instant at = Samples.NOW.plusMillis(random.nextInt(4 * rows()));
      DeliveryState state = states.get(random.nextInt(5));
      rows.add(
          Samples.delivery(
              callback("c" + i, offers.get(random.nextInt(3)), "p" + random.nextInt(4), at),
              state,
              List.of()));
    }
    rows.forEach(twin::save);
    rows.parallelStream().forEach(log::save);
    Instant middle = Samples.NOW.plusMillis(2L * rows());
    for (DeliveryFilter filter :
        List.of(
            DeliveryFilter.ALL,
            new DeliveryFilter("1043", null, Set.of(), null, null),
            new DeliveryFilter(null, "p2", Set.of(DeliveryState.FAILED), null, middle),
            new DeliveryFilter("1044", "p1", Set.of(DeliveryState.HELD), middle, null))) {
      for (Order order : Order.values()) {
        assertEquals(
            Pages.all(after -> twin.list(affiliate, filter, order, after, 200)),
            Pages.all(after -> log.list(affiliate, filter, order, after, 200)),
            () -> order + " " + filter);
      }
    }
  }

  /** The number of rows in the comparison with the in-memory log. */
  protected int rows() {
    return 10_000;
  }

  @Test
  void findsARareRowAmongMany() {
    Delivery rare = Samples.delivery(callback("c", Samples.NOW), DeliveryState.HELD, List.of());
    log.save(rare);
    for (int i = 0; i < 100; i++) {
      log.save(large("c" + i, Samples.NOW.plusMillis(i)));
    }
    assertEquals(List.of(rare), listed(filter(Set.of(DeliveryState.HELD), null, null)));
  }

  private List<Delivery> listed(DeliveryFilter filter) {
    return listed(filter, Order.NEWEST_FIRST, 50);
  }

  private List<Delivery> listed(DeliveryFilter filter, Order order, int limit) {
    return Pages.all(after -> log.list(affiliate, filter, order, after, limit));
  }

  private List<Delivery> page(DeliveryFilter filter, Order order, String after) {
    return log.list(affiliate, filter, order, after, 50).items();
  }

  private static DeliveryFilter filter(
      Set<DeliveryState> states, @Nullable Instant since, @Nullable Instant until) {
    return new DeliveryFilter(null, null, states, since, until);
  }

  private Delivery delivered(String conversionId, Instant claimedAt) {
    return Samples.delivered(callback(conversionId, claimedAt));
  }

  /** About 40 KB: eight attempts with full snippets, and a large body. */
  private Delivery large(String conversionId, Instant claimedAt) {
    Callback callback = callback(conversionId, claimedAt);
    List<Attempt> attempts =
        IntStream.rangeClosed(1, 8)
            .mapToObj(
                i ->
                    new Attempt(
                        i,
                        claimedAt,
                        new AttemptResult(
                            Outcome.HTTP_ERROR,
                            500,
                            Attempt.Latency.ofTotal(10),
                            "x".repeat(1024),
                            null)))
            .toList();
    return Samples.delivery(
        new Callback(
            callback.deliveryId(),
            callback.postbackId(),
            new ReportedEvent(
                affiliate, callback.offerId(), conversionId, callback.conversionStatus(), false),
            new CallbackRequest(HttpMethod.POST, Samples.URL, "ü".repeat(16 * 1024), "text/plain")),
        DeliveryState.FAILED,
        attempts);
  }

  private Callback callback(String conversionId, Instant claimedAt) {
    return callback(conversionId, Samples.OFFER, "p1", claimedAt);
  }

  private Callback callback(
      String conversionId, String offerId, String postbackId, Instant claimedAt) {
    Conversion conversion = Samples.conversion(affiliate, conversionId);
    ConversionEvent event = Samples.event(conversion, claimedAt);
    Callback usual = Samples.callback(event, postbackId);
    return new Callback(
        EventId.of(
                claimedAt,
                new EventIdentity("77", conversionId, conversion.goal(), conversion.status()))
            .deliveryId(postbackId),
        postbackId,
        new ReportedEvent(affiliate, offerId, conversionId, conversion.status(), false),
        usual.request());
  }
}

package com.natifico.postback.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackfillTest {
  private final World world = new World();
  private final Postback postback = Samples.postback("p1", null);
  private final Backfill backfill = backfill(world.callbacks);

  private Backfill backfill(CallbackQueue queue) {
    return new Backfill(
        new EventHistory(world.events, world.log),
        world.postbacks,
        world.log,
        queue,
        world.clock,
        Executors::newVirtualThreadPerTaskExecutor);
  }

  private ConversionEvent push(String conversionId) {
    world.pass(Duration.ofSeconds(1));
    return world.push(Samples.conversion(conversionId));
  }

  private static EventQuery all() {
    return new EventQuery(null, null, null, EventQuery.Order.OLDEST_FIRST);
  }

  private int send(Postback to) {
    Backfill.Result result = backfill.send(to, all(), null);
    assertNull(result.next());
    return result.count();
  }

  private int count(Postback of) {
    return backfill.count(of, all(), null).count();
  }

  private List<String> arrived() {
    return world.tracker.received().stream().map(each -> each.request().url()).toList();
  }

  private static Postback with(Postback postback, String url) {
    return Samples.with(postback, RequestTemplate.get(url));
  }

  /** The tracker would end with the older status. */
  @Test
  void skipsWhatANewerEventHasOvertaken() {
    Conversion usual = Samples.conversion("c1");
    world.push(
        new Conversion(
            new EventIdentity("77", "c1", usual.goal(), ConversionStatus.PENDING),
            usual.offerId(),
            usual.occurredAt(),
            usual.clickAt(),
            usual.fields()));
    Postback all =
        new Postback(
            postback.key(),
            postback.settings().withFilter(EventFilter.ANY),
            postback.status(),
            postback.revision());
    world.given(all);
    assertEquals(1, count(all));
    push("c1");
    world.deliverEverything();

    assertEquals(0, count(all));
    assertEquals(0, send(all));
    world.deliverEverything();
    assertEquals(1, arrived().size());
  }

  @Test
  void sendsWhatWasAcceptedBeforeThePostbackExisted() {
    ConversionEvent event = push("c1");
    push("c2");
    world.given(postback);

    Backfill.Result counted = backfill.count(postback, all(), null);
    assertEquals(2, counted.count());
    assertEquals("c1", counted.examples().getFirst().conversionId());
    world.deliverEverything();
    assertEquals(List.of(), arrived(), "a count has no effect");

    assertEquals(2, send(postback));
    world.deliverEverything();
    assertEquals(2, arrived().size());
    assertEquals(DeliveryState.DELIVERED, world.delivery(event, "p1").state());
    assertEquals(
        counted.examples().getFirst().request(), world.delivery(event, "p1").callback().request());

    assertEquals(0, count(postback));
    assertEquals(0, send(postback));
    world.deliverEverything();
    assertEquals(2, arrived().size());
  }

  @Test
  void sendsWhatOtherPostbacksHaveHad() {
    world.given(postback);
    push("c1");
    world.deliverEverything();
    Postback second =
        world.given(with(Samples.postback("p2", null), "https://b.example.com/{ref_id}"));
    assertEquals(0, count(postback));
    assertEquals(1, send(second));
    world.deliverEverything();
    assertEquals(2, arrived().size());
    assertEquals("https://b.example.com/w8J3kUG5s0dKQ2m7Zx1v", arrived().getLast());
  }

  @Test
  void doesNotRepeatTheRequestOfAnotherPostback() {
    world.given(postback);
    push("c1");
    world.deliverEverything();
    world.postbacks.delete(Samples.AFFILIATE, "p1", null);
    Postback successor = world.given(Samples.postback("p2", Samples.OFFER));
    assertEquals(0, count(successor));
  }

  @Test
  void sendsOnlyWhatThePostbackWouldFireFor() {
    push("approved");
    Conversion approved = Samples.conversion("pending");
    world.push(
        new Conversion(
            new EventIdentity(
                Samples.AFFILIATE, "pending", approved.goal(), ConversionStatus.PENDING),
            approved.offerId(),
            null,
            null,
            approved.fields()));
    Postback pending =
        Samples.with(
            postback,
            postback
                .settings()
                .withFilter(new EventFilter(Set.of(ConversionStatus.PENDING), List.of(), false)));
    world.given(pending);
    assertEquals(
        List.of("pending"),
        backfill.count(pending, all(), null).examples().stream()
            .map(each -> each.conversionId())
            .toList());

    world.given(with(Samples.postback("own", Samples.OFFER), "https://own.example.com/{ref_id}"));
    Postback global = world.given(with(Samples.postback("p3", null), "https://c.example.com/"));
    assertEquals(0, count(global), "the offer's own postback replaces it");
    assertEquals(0, count(Samples.postback("p4", "another offer")));
  }

  @Test
  void sendsNoTestConversions() {
    world.acceptance.acceptTest(Samples.conversion("test-1"), List.of());
    world.given(postback);
    assertEquals(0, count(postback));
    assertEquals(0, send(postback));
  }

  @Test
  void sendsOneMessageForAnEventThatIsUnderWay() {
    push("c1");
    world.given(postback);
    assertEquals(1, send(postback));
    assertEquals(0, send(postback));
    assertEquals(0, count(postback));
    world.deliverEverything();
    assertEquals(1, arrived().size());
  }

  @Test
  void sendsNothingThatIsHeldOrWaitsForItsFirstAttempt() {
    world.given(postback);
    push("c1");
    assertEquals(0, send(postback));
    world.deliverEverything();
    assertEquals(1, arrived().size());
  }

  @Test
  void completesTheWorkOfAWorkerThatDiedBeforeItEnqueued() {
    push("c1");
    world.given(postback);
    Backfill dying =
        backfill(
            _ -> {
              throw new Unavailable("the worker died", null);
            });
    assertThrows(Unavailable.class, () -> dying.send(postback, all(), null));
    assertEquals(0, send(postback), "the row exists already");
    world.deliverEverything();
    assertEquals(1, arrived().size());
  }

  /** The caller may never repeat the request, for example because the postback was paused. */
  @Test
  void leavesWhatWasNotEnqueuedToTheTimer() {
    push("c1");
    world.given(postback);
    Backfill refused = backfill(callbacks -> Set.of(callbacks.getFirst().callback().deliveryId()));
    assertThrows(Unavailable.class, () -> refused.send(postback, all(), null));
    world.deliverEverything();
    assertEquals(1, arrived().size());
  }

  @Test
  void reportsARefusalOfTheQueue() {
    ConversionEvent event = push("c1");
    world.given(postback);
    Backfill refused = backfill(_ -> Set.of(event.id().deliveryId("p1")));
    assertThrows(Unavailable.class, () -> refused.send(postback, all(), null));
    send(postback);
    world.deliverEverything();
    assertEquals(1, arrived().size());
  }

  @Test
  void sendsThousandsOldestFirstAndContinuesWhereItStopped() {
    for (int i = 0; i < 1_200; i++) {
      push("c" + i);
    }
    world.given(postback);
    EventQuery query =
        new EventQuery(Samples.NOW.plusSeconds(101), null, null, EventQuery.Order.OLDEST_FIRST);
    assertEquals(1_100, backfill.count(postback, query, null).count());
    @Nullable String next = null;
    int count = 0;
    Backfill slow =
        new Backfill(
            new EventHistory(world.events, world.log),
            world.postbacks,
            world.log,
            world.callbacks,
            () -> {
              world.pass(Duration.ofSeconds(1));
              return world.clock.instant();
            },
            Executors::newVirtualThreadPerTaskExecutor);
    int runs = 0;
    do {
      Backfill.Result result = slow.send(postback, query, next);
      assertEquals(
          "c" + (100 + count), Objects.requireNonNull(result.examples().getFirst()).conversionId());
      count += result.count();
      next = result.next();
      runs++;
    } while (next != null);
    assertEquals(1_100, count);
    assertEquals(3, runs);
  }
}

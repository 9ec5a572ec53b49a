package com.natifico.postback.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BulkResendTest {
  private static final DeliveryFilter FAILED_AND_HELD =
      new DeliveryFilter(
          null,
          null,
          Set.of(DeliveryState.FAILED, DeliveryState.HELD),
          Samples.NOW.minus(Duration.ofDays(1)),
          null);

  private final World world = new World();
  private final Postback postback = world.given(Samples.postback("p1", Samples.OFFER));
  private final BulkResend resends = bulk();

  private BulkResend bulk() {
    Resend resend =
        new Resend(world.postbacks, world.events, world.log, world.callbacks, world.clock);
    return new BulkResend(world.postbacks, world.log, world.callbacks, resend, world.clock);
  }

  private BulkResend.Result resend(@org.jspecify.annotations.Nullable String after) {
    return resends.resend(Samples.AFFILIATE, FAILED_AND_HELD, after);
  }

  private Delivery given(int number, DeliveryState state, String postbackId, boolean test) {
    Conversion conversion = Samples.conversion("c-" + number);
    ConversionEvent event =
        new ConversionEvent(
            EventId.of(Samples.NOW.plusMillis(number), conversion.identity()),
            conversion,
            test,
            List.of(postbackId),
            List.of());
    Delivery row =
        Samples.delivery(
            Samples.callback(event, postbackId),
            state,
            state == DeliveryState.HELD
                ? List.of()
                : List.of(Samples.attempt(1, Outcome.HTTP_ERROR)));
    assertTrue(world.log.save(row));
    return row;
  }

  private void givenFailed(int count) {
    for (int i = 0; i < count; i++) {
      given(i, DeliveryState.FAILED, "p1", false);
    }
  }

  private DeliveryState stateOf(Delivery row) {
    Delivery stored = world.log.find(Samples.AFFILIATE, row.id());
    return stored == null ? DeliveryState.PENDING : stored.state();
  }

  @Test
  void resendsOnlyFailedAndHeldDeliveries() {
    Delivery failed = given(1, DeliveryState.FAILED, "p1", false);
    Delivery held = given(2, DeliveryState.HELD, "p1", false);
    Delivery delivered = given(3, DeliveryState.DELIVERED, "p1", false);

    assertEquals(new BulkResend.Result(2, null), resend(null));
    assertEquals(DeliveryState.RETRYING, stateOf(failed));
    assertEquals(DeliveryState.RETRYING, stateOf(held));
    assertEquals(DeliveryState.DELIVERED, stateOf(delivered));

    world.deliverEverything();
    assertEquals(2, world.tracker.received().size());
    assertEquals(DeliveryState.DELIVERED, stateOf(failed));
    assertEquals(DeliveryState.DELIVERED, stateOf(held));
  }

  @Test
  void doesNotResendOldNotifications() {
    world.given(Samples.postback("nt_1", null));
    given(1, DeliveryState.FAILED, "nt_1", false);

    assertEquals(new BulkResend.Result(0, null), resend(null));
  }

  @Test
  void resendsDeliveredDeliveriesOnRequest() {
    Delivery delivered = given(1, DeliveryState.DELIVERED, "p1", false);
    DeliveryFilter filter =
        new DeliveryFilter(
            null, null, Set.of(DeliveryState.DELIVERED), Samples.NOW.minusSeconds(60), null);

    assertEquals(new BulkResend.Result(1, null), resends.resend(Samples.AFFILIATE, filter, null));
    assertEquals(DeliveryState.RETRYING, stateOf(delivered));

    world.deliverEverything();
    assertEquals(1, world.tracker.received().size());
    assertEquals(DeliveryState.DELIVERED, stateOf(delivered));
  }

  @Test
  void skipsDeliveriesThatCannotBeSent() {
    world.postbacks.create(
        Samples.postback("p2", Samples.OFFER).paused(PausedReason.GONE, Samples.NOW));
    Delivery paused = given(1, DeliveryState.FAILED, "p2", false);
    Delivery deleted = given(2, DeliveryState.FAILED, "p3", false);
    Delivery test = given(3, DeliveryState.FAILED, "p1", true);
    Delivery leased = given(4, DeliveryState.FAILED, "p1", false);
    world.log.save(leased.leased(world.clock.instant().plusSeconds(15)));

    assertEquals(new BulkResend.Result(0, null), resend(null));
    for (Delivery row : List.of(paused, deleted, test, leased)) {
      assertEquals(DeliveryState.FAILED, stateOf(row));
    }
    assertEquals(0, world.callbacks.size());
  }

  @Test
  void stopsAtTenThousandAndContinuesFromThere() {
    givenFailed(10_050);
    BulkResend.Result first = resend(null);
    assertEquals(10_000, first.count());
    assertNotNull(first.next());

    assertEquals(new BulkResend.Result(50, null), resend(first.next()));
    assertEquals(10_050, world.callbacks.size());
    assertEquals(
        10_050,
        world.callbacks.sent().stream().map(m -> m.callback().deliveryId()).distinct().count());
  }

  @Test
  void resendsTheOldestFirst() {
    givenFailed(1_200);
    List<String> order =
        world
            .log
            .list(Samples.AFFILIATE, FAILED_AND_HELD, DeliveryLog.Order.OLDEST_FIRST, null, 1_200)
            .items()
            .stream()
            .map(Delivery::id)
            .toList();
    AtomicInteger taken = new AtomicInteger();
    world.callbacks.refuse(_ -> taken.incrementAndGet() > 500);

    assertEquals(500, resend(null).count());
    for (int i = 0; i < 500; i++) {
      Delivery row = world.log.find(Samples.AFFILIATE, order.get(i));
      assertEquals(DeliveryState.RETRYING, row == null ? null : row.state());
    }
  }

  @Test
  void stopsWhenTheTimeIsUp() {
    givenFailed(1_500);
    AtomicInteger seconds = new AtomicInteger();
    Resend resend =
        new Resend(world.postbacks, world.events, world.log, world.callbacks, world.clock);
    BulkResend slow =
        new BulkResend(
            world.postbacks,
            world.log,
            world.callbacks,
            resend,
            () -> Samples.NOW.plusMillis(40L * seconds.incrementAndGet()));

    BulkResend.Result first = slow.resend(Samples.AFFILIATE, FAILED_AND_HELD, null);
    assertEquals(500, first.count(), "the page in progress is finished");
    assertNotNull(first.next());
    assertEquals(1_000, resend(first.next()).count());
  }

  @Test
  void reportsItsProgressIfTheQueueFails() {
    givenFailed(30);
    AtomicInteger taken = new AtomicInteger();
    world.callbacks.refuse(_ -> taken.incrementAndGet() > 20);
    BulkResend.Result partial = resend(null);
    assertEquals(20, partial.count());
    assertNotNull(partial.next());

    world.callbacks.refuse(_ -> false);
    assertEquals(new BulkResend.Result(10, null), resend(partial.next()));
  }

  @Test
  void failsIfNothingWasResent() {
    givenFailed(3);
    world.callbacks.refuse(_ -> true);
    assertThrows(Unavailable.class, () -> resend(null));
  }

  @Test
  void resendsNothingTwiceWhenRepeated() {
    givenFailed(20);
    assertEquals(20, resend(null).count());
    assertEquals(0, resend(null).count());
  }

  @Test
  void ignoresDeliveriesOutsideTheFilter() {
    givenFailed(5);
    DeliveryFilter until =
        new DeliveryFilter(
            null, null, Set.of(DeliveryState.FAILED), Samples.NOW, Samples.NOW.plusMillis(2));
    assertEquals(2, resends.resend(Samples.AFFILIATE, until, null).count());
    Instant later = Samples.NOW.plusSeconds(60);
    DeliveryFilter none = new DeliveryFilter(null, null, Set.of(DeliveryState.FAILED), later, null);
    assertNull(resends.resend(Samples.AFFILIATE, none, null).next());
    assertEquals(postback, world.postbacks.find(Samples.AFFILIATE, "p1"));
  }
}

package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RetentionTest {
  private static final Retention NINETY_DAYS = new Retention(Duration.ofDays(90));
  private static final Delivery UNRECORDED = Delivery.unrecorded(Samples.callback("c1", "p1"));

  private static Instant day(int day) {
    return Samples.NOW.plus(Duration.ofDays(day));
  }

  private static Attempt attemptOn(int day) {
    return new Attempt(1, day(day), Samples.attempt(1, Outcome.TIMEOUT).result());
  }

  @Test
  void keepsARowForItsPeriod() {
    assertEquals(day(90), NINETY_DAYS.expiry(UNRECORDED.pending()));
    assertEquals(day(90), NINETY_DAYS.expiry(UNRECORDED.held()));
    assertEquals(day(90), NINETY_DAYS.expiry(UNRECORDED.delivered(attemptOn(1))));
  }

  @Test
  void keepsARowWhileAttemptsAreDue() {
    assertEquals(day(89 + 16), NINETY_DAYS.expiry(UNRECORDED.held().resent(day(89))));
    assertEquals(
        day(89 + 1 + 16), NINETY_DAYS.expiry(UNRECORDED.retrying(attemptOn(89), day(90), "1@x")));
    assertEquals(day(89 + 16), NINETY_DAYS.expiry(UNRECORDED.pending().leased(day(89))));
  }

  @Test
  void keepsARecentResult() {
    Instant expiry = NINETY_DAYS.expiry(UNRECORDED.delivered(attemptOn(89)));
    assertFalse(expiry.isBefore(day(89 + 16)));
  }

  /** Rows used to be deleted on day 90, even if retries were still due. */
  @Test
  void deliversADeliveryThatWasHeldForDays() {
    World world = new World(NINETY_DAYS);
    Postback postback = world.given(Samples.postback("p1", Samples.OFFER));
    world.postbacks.replace(
        postback.next(
            postback.settings(),
            new PostbackStatus.Paused(PausedReason.BY_HAND),
            world.clock.instant()),
        1);
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.deliverEverything();
    world.acceptance.accept(Samples.conversion("c-1"));
    world.deliverEverything();
    assertEquals(DeliveryState.HELD, world.delivery(event, "p1").state());

    world.pass(Duration.ofDays(89));
    Postback paused = Objects.requireNonNull(world.postbacks.find("77", "p1"));
    world.postbacks.replace(
        paused.next(paused.settings(), PostbackStatus.healthy(), world.clock.instant()), 2);
    for (int i = 0; i < 7; i++) {
      world.tracker.answers(answer(500));
    }
    new Resend(world.postbacks, world.events, world.log, world.retries, world.clock)
        .resend("77", world.delivery(event, "p1").id(), Resend.Mode.REPEATED);
    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, world.delivery(event, "p1").state());
    assertEquals(8, world.delivery(event, "p1").history().count());
  }

  /** A retry without a row, for whatever reason, fails with a reason and is not received again. */
  @Test
  void recordsARetryWithoutARowAsExpired() {
    World world = new World(NINETY_DAYS);
    world.given(Samples.postback("p1", Samples.OFFER));
    Callback callback = Samples.callback(Samples.event("c-1"), "p1");
    world.retries.send(
        List.of(new CallbackMessage(callback, 3, world.clock.instant(), world.clock.instant())));

    world.deliverEverything();

    Delivery row = world.delivery(Samples.event("c-1"), "p1");
    assertEquals(UnsentReason.EXPIRED, row.reason());
    assertEquals(List.of(), world.tracker.received());
  }
}

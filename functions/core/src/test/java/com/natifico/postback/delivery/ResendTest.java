package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResendTest {
  private final World world = new World("1m,5m");
  private final Postback postback = world.given(Samples.postback("p1", Samples.OFFER));
  private final ConversionEvent event = world.push(Samples.conversion("c-1"));
  private final String id = event.id().deliveryId("p1");
  private final Resend resend =
      new Resend(world.postbacks, world.events, world.log, world.callbacks, world.clock);

  private Delivery row() {
    return world.delivery(event, "p1");
  }

  private Resend.Result resent() {
    return resend.resend(Samples.AFFILIATE, id);
  }

  private void answers(int... statuses) {
    for (int status : statuses) {
      world.tracker.answers(answer(status));
    }
  }

  private int requests() {
    return world.tracker.received().size();
  }

  @Test
  void addsAnAttemptWithTheStoredRequest() {
    answers(500, 500, 500);
    world.deliverEverything();
    assertEquals(DeliveryState.FAILED, row().state());

    Resend.Result.Resent result = assertInstanceOf(Resend.Result.Resent.class, resent());
    assertEquals(DeliveryState.RETRYING, result.delivery().state());
    assertEquals(world.clock.instant(), result.delivery().nextAttemptAt());

    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(List.of(1, 2, 3, 4), row().attempts().stream().map(Attempt::number).toList());
    assertEquals(1, world.tracker.received().stream().map(r -> r.request()).distinct().count());
  }

  @Test
  void resendsADeliveredDelivery() {
    world.deliverEverything();
    assertEquals(1, requests());

    assertInstanceOf(Resend.Result.Resent.class, resent());
    world.deliverEverything();
    assertEquals(2, requests());
    assertEquals(DeliveryState.DELIVERED, row().state());
  }

  @Test
  void isFollowedByTheWholeSchedule() {
    answers(500, 500, 500, 500, 500, 500);
    world.deliverEverything();
    resent();
    world.deliverEverything();
    assertEquals(6, row().attempts().size());
    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(2, world.deadLetters.messages().size());
  }

  @Test
  void replacesAWaitingRetry() {
    answers(500);
    world.deliver();
    assertEquals(DeliveryState.RETRYING, row().state());

    assertInstanceOf(Resend.Result.Resent.class, resent());
    world.pass(Duration.ofSeconds(1));
    world.deliver();
    assertEquals(DeliveryState.DELIVERED, row().state());

    world.deliverEverything();
    assertEquals(2, requests(), "the waiting retry sends nothing");
  }

  @Test
  void sendsAHeldDeliveryAfterItsPostbackIsResumed() {
    Postback paused = postback.paused(PausedReason.BY_HAND, world.clock.instant());
    world.postbacks.replace(paused, 1);
    ConversionEvent held = world.push(Samples.conversion("c-2"));
    String heldId = held.id().deliveryId("p1");
    assertInstanceOf(Resend.Result.PostbackPaused.class, resend.resend(Samples.AFFILIATE, heldId));

    world.postbacks.delete(Samples.AFFILIATE, "p1", null);
    world.postbacks.create(postback);
    assertInstanceOf(Resend.Result.Resent.class, resend.resend(Samples.AFFILIATE, heldId));
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, world.delivery(held, "p1").state());
  }

  @Test
  void rejectsADeliveryWithoutAnAttempt() {
    assertInstanceOf(Resend.Result.NotStarted.class, resent());
    assertEquals(0, world.log.findAll(Samples.AFFILIATE, List.of(id)).size());
  }

  @Test
  void rejectsAnUnknownDelivery() {
    assertInstanceOf(
        Resend.Result.Unknown.class, resend.resend(Samples.AFFILIATE, "nothing-of-ours"));
    assertInstanceOf(Resend.Result.Unknown.class, resend.resend("88", id));
    assertInstanceOf(
        Resend.Result.Unknown.class, resend.resend(Samples.AFFILIATE, event.id().deliveryId("p2")));
  }

  @Test
  void rejectsADeliveryWhosePostbackWasDeleted() {
    world.deliverEverything();
    world.postbacks.delete(Samples.AFFILIATE, "p1", null);
    assertInstanceOf(Resend.Result.PostbackDeleted.class, resent());
  }

  @Test
  void rejectsADeliveryWithAnAttemptInProgress() {
    answers(500);
    world.deliver();
    world.pass(Duration.ofMinutes(2));
    List<Resend.Result> results = new java.util.ArrayList<>();
    world.tracker.during(() -> results.add(resent()));
    world.deliver();
    assertInstanceOf(Resend.Result.Busy.class, results.getFirst());
    world.deliverEverything();
    assertEquals(2, requests());
  }

  @Test
  void changesNothingIfTheMessageIsNotEnqueued() {
    world.deliverEverything();
    Delivery before = row();
    world.callbacks.refuse(_ -> true);
    assertInstanceOf(Resend.Result.QueueUnavailable.class, resent());
    assertEquals(before, row());
  }

  @Test
  void changesNothingIfItCrashesBeforeTheRowIsWritten() {
    world.deliverEverything();
    Delivery before = row();
    world.callbacks.send(List.of(Resend.message(before, world.clock.instant())));
    world.deliverEverything();
    assertEquals(before, row());
    assertEquals(1, requests());
  }

  @Test
  void sendsOnceForTwoConcurrentResends() {
    answers(500, 500, 500);
    world.deliverEverything();
    resent();
    resent();
    world.deliverEverything();
    assertEquals(4, requests());
    assertEquals(DeliveryState.DELIVERED, row().state());
  }

  @Test
  void retriesIfTheRowChangesConcurrently() {
    answers(500, 500, 500);
    world.deliverEverything();
    Delivery stale = row();
    assertTrue(world.log.save(stale.leased(world.clock.instant().plusSeconds(15))));

    Resend.Result result = resend.resend(stale, Resend.nextAttempt(stale));
    assertInstanceOf(Resend.Result.Resent.class, result);
    assertEquals(stale.revision() + 2, row().revision());
  }

  @Test
  void succeedsIfTheDeliverySucceedsInTheMeantime() {
    answers(500);
    world.deliver();
    Delivery stale = row();
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row().state());

    Resend.Result.Resent result =
        assertInstanceOf(
            Resend.Result.Resent.class, resend.resend(stale, Resend.nextAttempt(stale)));
    assertEquals(DeliveryState.DELIVERED, result.delivery().state());
    assertNull(result.delivery().nextAttemptAt());
    assertEquals(2, requests());
  }
}

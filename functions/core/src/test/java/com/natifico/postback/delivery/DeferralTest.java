package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static com.natifico.postback.testing.ScriptedTransport.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Callbacks whose endpoint has timed out twice in a row. */
final class DeferralTest {
  private final World world = new World();
  private final Postback postback = world.given(Samples.postback("p1", Samples.OFFER));

  /** Opens the endpoint's circuit; the delivery that opened it waits for its retry. */
  private void openCircuit() {
    int before = world.tracker.received().size();
    for (int i = 0; i < 2; i++) {
      world.tracker.answers(failure(Outcome.TIMEOUT));
      world.push(Samples.conversion("slow-" + i));
    }
    world.deliver();
    world.deliver(); // The first timeout has moved the second callback to the slow lane.
    assertEquals(before + 2, world.tracker.received().size());
  }

  private CallbackMessage pushed() {
    event = world.push(Samples.conversion("c-1"));
    return world.callbacks.receive().getFirst();
  }

  private ConversionEvent event = Samples.event("c-1");

  private Delivery row() {
    return world.delivery(event, "p1");
  }

  private CallbackMessage lastRetry() {
    return world.slow.sent().getLast();
  }

  @Test
  void defersAFirstAttempt() {
    CallbackMessage message = pushed();
    openCircuit();
    world.sender.handle(message);

    assertEquals(2, world.tracker.received().size());
    assertEquals(DeliveryState.PENDING, row().state());
    assertEquals(List.of(), row().attempts());
    Instant due = lastRetry().dueAt();
    assertFalse(due.isBefore(Samples.NOW.plusSeconds(10)), "not before the pause is over");
    assertFalse(due.isAfter(Samples.NOW.plusSeconds(15)), "and not much later");
  }

  @Test
  void sendsAnAcceptedCallbackStraightToTheSlowLane() {
    openCircuit();
    ConversionEvent accepted = world.push(Samples.conversion("c-2"));

    assertEquals(List.of(), world.callbacks.receive());
    CallbackMessage message = world.slow.sent().getLast();
    assertEquals(accepted.id().deliveryId("p1"), message.callback().deliveryId());
    world.deliver();
    assertEquals(DeliveryState.PENDING, world.delivery(accepted, "p1").state());
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, world.delivery(accepted, "p1").state());
  }

  @Test
  void sendsCallbacksOfASlowEndpointInTheSlowLaneWithoutAPause() {
    world.tracker.answers(failure(Outcome.TIMEOUT));
    world.push(Samples.conversion("slow"));
    world.deliver();
    ConversionEvent accepted = world.push(Samples.conversion("c-2"));

    assertEquals(List.of(), world.callbacks.receive());
    world.deliver();

    assertEquals(DeliveryState.DELIVERED, world.delivery(accepted, "p1").state());
    assertEquals(1, world.delivery(accepted, "p1").revision(), "like a usual first attempt");
  }

  @Test
  void deliversADeferredCallback() {
    CallbackMessage message = pushed();
    openCircuit();
    world.sender.handle(message);

    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(1, row().attempts().size());
  }

  @Test
  void deliversOnceIfADeferredMessageIsReceivedAgain() {
    CallbackMessage message = pushed();
    openCircuit();
    world.sender.handle(message);
    CallbackMessage hop = lastRetry();
    world.pass(Duration.ofSeconds(20));
    // Both are received at the same time.
    world.tracker.during(() -> world.sender.handle(hop));
    world.sender.handle(message);
    world.deliverEverything();

    assertEquals(1, row().attempts().size());
    assertEquals(
        1,
        world.tracker.received().stream()
            .filter(each -> row().id().equals(each.headers().get("webhook-id")))
            .count());
  }

  @Test
  void losesNothingIfADeferredMessageIsNotEnqueued() {
    CallbackMessage message = pushed();
    openCircuit();
    world.slow.crash();
    assertThrows(RuntimeException.class, () -> world.sender.handle(message));
    world.slow.refuse(_ -> false);

    world.sender.handle(message);
    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(1, row().attempts().size());
  }

  @Test
  void leavesToTheTimerWhatTheQueueRefuses() {
    CallbackMessage message = pushed();
    openCircuit();
    world.slow.refuse(_ -> true);
    world.sender.handle(message);
    assertEquals(DeliveryState.PENDING, row().state());
    world.slow.refuse(_ -> false);

    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(1, row().attempts().size());
  }

  @Test
  void showsTheTimeOfADeferredRetry() {
    world.tracker.answers(answer(500));
    world.sender.handle(pushed());
    world.pass(Duration.ofMinutes(2));
    CallbackMessage retry = world.retries.receive().getFirst();
    openCircuit();

    world.sender.handle(retry);

    assertEquals(DeliveryState.RETRYING, row().state());
    assertEquals(lastRetry().dueAt(), row().nextAttemptAt());
    assertTrue(Objects.requireNonNull(row().nextAttemptAt()).isAfter(world.clock.instant()));
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(2, row().attempts().size());
  }

  @Test
  void losesNoDeferredRetryWhoseMessageIsReceivedAgain() {
    world.tracker.answers(answer(500));
    world.sender.handle(pushed());
    world.pass(Duration.ofMinutes(2));
    CallbackMessage retry = world.retries.receive().getFirst();
    openCircuit();
    world.sender.handle(retry);
    world.sender.handle(retry);

    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(2, row().attempts().size());
  }

  @Test
  void attemptsAfter15MinutesInAnyCase() {
    CallbackMessage message = pushed();
    openCircuit();
    for (int i = 0; i < 60; i++) {
      world.tracker.answers(failure(Outcome.TIMEOUT));
    }
    world.sender.handle(message);
    Instant began = world.clock.instant();

    world.deliverEverything();

    Duration waited = Duration.between(began, row().attempts().getFirst().at());
    assertTrue(waited.compareTo(Duration.ofMinutes(24)) < 0, waited.toString());
  }

  @Test
  void neverDefersATestConversion() {
    openCircuit();
    world.acceptance.acceptTest(Samples.conversion("t-1"), List.of(postback));
    world.deliver();
    assertEquals(3, world.tracker.received().size());
  }

  @Test
  void holdsInsteadOfDeferringIfThePostbackIsPaused() {
    CallbackMessage message = pushed();
    openCircuit();
    world.postbacks.replace(postback.paused(PausedReason.BY_HAND, world.clock.instant()), 1);
    world.sender.handle(message);
    assertEquals(DeliveryState.HELD, row().state());
  }

  @Test
  void doesNotAffectOtherEndpoints() {
    openCircuit();
    world.given(other());
    ConversionEvent both = world.push(Samples.conversion("c-2"));
    world.deliver();
    assertEquals(DeliveryState.DELIVERED, world.delivery(both, "p2").state());
    assertEquals(DeliveryState.PENDING, world.delivery(both, "p1").state());
  }

  private static Postback other() {
    return Samples.with(
        Samples.postback("p2", Samples.OFFER),
        RequestTemplate.get("https://quick.example.com/?cid={ref_id}"));
  }
}

package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead-deadLetterMessage messages that an operator has moved back to a queue of callbacks. */
final class RedriveTest {
  private final World world = new World("1m,5m");
  private final Postback postback = world.given(Samples.postback("p1", Samples.OFFER));
  private final ConversionEvent event = world.push(Samples.conversion("c-1"));

  @BeforeEach
  void fail() {
    world.tracker.answers(answer(500), answer(500), answer(500));
    world.deliverEverything();
    assertEquals(DeliveryState.FAILED, row().state());
    world.pass(Duration.ofDays(2));
  }

  private Delivery row() {
    return world.delivery(event, "p1");
  }

  /** Decodes a dead-deadLetterMessage message. */
  private CallbackMessage deadLetterMessage() {
    Delivery deadLetterMessage = world.deadLetters.messages().getFirst();
    return CallbackMessage.redriven(
        deadLetterMessage.callback(),
        deadLetterMessage.attempts().size() + 1,
        deadLetterMessage.callback().createdAt(),
        deadLetterMessage.callback().createdAt());
  }

  @Test
  void deliversARedrivenMessage() {
    world.callbacks.send(List.of(deadLetterMessage()));
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(4, row().attempts().size());
  }

  @Test
  void deliversOnceIfTheMessageIsReceivedTwice() {
    world.callbacks.send(List.of(deadLetterMessage(), deadLetterMessage()));
    world.tracker.during(() -> world.sender.handle(deadLetterMessage()));
    world.deliverEverything();
    assertEquals(4, world.tracker.received().size());
    assertEquals(4, row().attempts().size());
  }

  @Test
  void continuesAfterAWorkerCrashedAfterTheFirstStep() {
    world.log.save(row().resent(world.clock.instant()));
    world.callbacks.send(List.of(deadLetterMessage()));
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(4, row().attempts().size());
  }

  @Test
  void retriesWithTheWholeScheduleAndSendsAnotherDeadLetterMessage() {
    world.tracker.answers(answer(500), answer(500), answer(500));
    world.callbacks.send(List.of(deadLetterMessage()));
    world.deliverEverything();
    assertEquals(6, row().attempts().size());
    assertEquals(2, world.deadLetters.messages().size());
  }

  @Test
  void holdsTheDeliveryIfItsPostbackIsPaused() {
    world.postbacks.replace(postback.paused(PausedReason.BY_HAND, Samples.NOW), 1);
    world.callbacks.send(List.of(deadLetterMessage()));
    world.deliverEverything();
    assertEquals(DeliveryState.HELD, row().state());
    assertEquals(3, world.tracker.received().size());
  }

  @Test
  void failsTheDeliveryIfItsPostbackIsDeleted() {
    world.postbacks.delete("77", "p1", null);
    world.callbacks.send(List.of(deadLetterMessage()));
    world.deliverEverything();
    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(UnsentReason.POSTBACK_DELETED, row().reason());
    assertEquals(3, world.tracker.received().size());
  }

  @Test
  void sendsNothingIfTheDeliveryHasBeenResentAndDelivered() {
    CallbackMessage resend =
        new CallbackMessage(row().callback(), 4, world.clock.instant(), world.clock.instant());
    world.callbacks.send(List.of(resend));
    world.log.save(row().resent(world.clock.instant()));
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row().state());

    world.callbacks.send(List.of(deadLetterMessage()));
    world.deliverEverything();

    assertEquals(4, world.tracker.received().size());
  }

  @Test
  void keepsAHeldDeliveryHeld() {
    world.log.save(row().held());
    world.callbacks.send(List.of(deadLetterMessage()));
    world.deliverEverything();
    assertEquals(DeliveryState.HELD, row().state());
    assertEquals(3, world.tracker.received().size());
  }
}

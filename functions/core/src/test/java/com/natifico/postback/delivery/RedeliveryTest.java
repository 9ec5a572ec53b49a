package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.testing.ForwardingLog;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages that are received again. The simulation found each of these cases. */
final class RedeliveryTest {
  private final World world = new World();
  private final Postback postback = world.given(Samples.postback("p1", Samples.OFFER));
  private final ConversionEvent event = world.push(Samples.conversion("c-1"));

  private Delivery row() {
    return world.delivery(event, postback.postbackId());
  }

  private CallbackMessage firstAttempt() {
    return world.callbacks.receive().getFirst();
  }

  /**
   * The other copy is enqueued again because of the lease, and the original is deleted. If the
   * worker with the lease crashes after its record, only that copy is left.
   */
  @Test
  void continuesFromACopyIfTheWorkerCrashesAfterTheRecord() {
    world.tracker.answers(answer(500), answer(500));
    world.sender.handle(firstAttempt());
    world.pass(Duration.ofMinutes(2));
    CallbackMessage retry = world.retries.receive().getFirst();
    world.tracker.during(
        () -> {
          world.sender.handle(retry);
          world.retries.crash();
        });
    assertThrows(RuntimeException.class, () -> world.sender.handle(retry));
    assertEquals(2, row().attempts().size());
    world.retries.refuse(_ -> false);

    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(3, row().attempts().size());
  }

  /** The same for the last attempt, whose dead-letter message would be missing. */
  @Test
  void sendsTheDeadLetterMessageFromACopyIfTheWorkerCrashesAfterTheRecord() {
    world.tracker.answers(answer(500), answer(302));
    world.sender.handle(firstAttempt());
    world.pass(Duration.ofMinutes(2));
    CallbackMessage retry = world.retries.receive().getFirst();
    world.tracker.during(() -> world.sender.handle(retry));
    Sender dying = sender(new DyingLog(2), "1m,5m,15m");
    assertThrows(WorkerDeath.class, () -> dying.handle(retry));
    assertEquals(List.of(), world.deadLetters.messages());

    world.deliverEverything();

    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(1, world.deadLetters.messages().size());
  }

  /**
   * The queue accepts nothing, and the timer would enqueue the retry. But the worker that makes the
   * attempt may crash after its record of a failed delivery, of which the timer knows nothing.
   */
  @Test
  void keepsACopyWhileAnotherWorkerMakesTheAttemptAndTheQueueRefuses() {
    world.tracker.answers(answer(500), answer(302));
    world.sender.handle(firstAttempt());
    world.pass(Duration.ofMinutes(2));
    CallbackMessage retry = world.retries.receive().getFirst();
    assertTrue(row().wakeAt() != null);
    world.retries.refuse(_ -> true);
    world.tracker.during(
        () -> assertThrows(Sender.NothingAccepted.class, () -> world.sender.handle(retry)));
    Sender dying = sender(new DyingLog(2), "1m,5m,15m");
    assertThrows(WorkerDeath.class, () -> dying.handle(retry));

    world.sender.handle(retry);

    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(1, world.deadLetters.messages().size());
  }

  /**
   * Two workers make the first attempt. The first one to end gets 410 and cannot enqueue the
   * dead-letter message; the other attempt is the last one of the log.
   */
  @Test
  void pausesIfAnAttemptBeforeTheLastOneGot410() {
    world.tracker.answers(answer(410), answer(302));
    CallbackMessage message = firstAttempt();
    world.tracker.during(
        () -> {
          world.deadLetters.refuse(true);
          world.sender.handle(message);
          world.deadLetters.refuse(false);
        });
    world.sender.handle(message);

    assertEquals(List.of(410, 302), row().attempts().stream().map(Attempt::httpStatus).toList());
    assertTrue(
        Objects.requireNonNull(world.postbacks.find(Samples.AFFILIATE, postback.postbackId()))
            .isPaused());
  }

  /** A first attempt acquires no lease; the worker that ends first deletes the message. */
  @Test
  void continuesIfTwoWorkersMakeAFirstAttemptAndTheSecondCrashesAfterItsRecord() {
    world.tracker.answers(answer(500), answer(500));
    CallbackMessage message = firstAttempt();
    world.tracker.during(() -> world.sender.handle(message));
    Sender dying = sender(new DyingLog(2), "1m,5m,15m");
    assertThrows(WorkerDeath.class, () -> dying.handle(message));
    assertEquals(2, row().attempts().size());

    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(3, row().attempts().size());
  }

  /**
   * A log that takes 8 s for the lease and 8 s for the record is slow, but the attempt must not be
   * repeated.
   */
  @Test
  void keepsTheLeaseAsLongAsTheLogMayTake() {
    world.tracker.answers(answer(500));
    world.sender.handle(firstAttempt());
    world.pass(Duration.ofMinutes(2));
    CallbackMessage retry = world.retries.receive().getFirst();
    world.tracker.during(
        () -> {
          world.pass(Duration.ofSeconds(26));
          world.sender.handle(retry);
        });

    world.sender.handle(retry);

    assertEquals(2, world.tracker.received().size());
    assertEquals(2, row().attempts().size());
  }

  /** With a schedule of seconds, a second first attempt may end during the next attempt. */
  @Test
  void keepsTheLeaseOfTheNextAttemptIfAnotherFirstAttemptIsRecordedLate() {
    world.tracker.answers(answer(500), answer(500), answer(500));
    CallbackMessage message = firstAttempt();
    Sender late = sender(new StaleLog(), "1s,2s,4s");
    world.sender.handle(message);
    world.pass(Duration.ofMinutes(2));
    CallbackMessage retry = world.retries.receive().getFirst();
    world.tracker.during(
        () -> {
          late.handle(message);
          world.pass(Duration.ofSeconds(5));
          CallbackMessage next =
              new CallbackMessage(retry.callback(), 3, retry.dueAt(), Samples.NOW);
          world.sender.handle(next);
        });

    world.sender.handle(retry);

    assertEquals(3, world.tracker.received().size());
    assertEquals(3, row().attempts().size());
  }

  /** Its attempt has a different number in the log from the one that the message asked for. */
  @Test
  void continuesAfterAnAttemptThatWasRecordedOutOfOrder() {
    world.tracker.answers(answer(500), answer(500), answer(500));
    CallbackMessage message = firstAttempt();
    Sender late = sender(new StaleLog(), "1m,5m,15m");
    world.sender.handle(message);
    world.pass(Duration.ofMinutes(2));
    CallbackMessage retry = world.retries.receive().getFirst();
    world.tracker.during(
        () -> {
          late.handle(message);
          world.retries.crash();
        });
    assertThrows(RuntimeException.class, () -> world.sender.handle(retry));
    assertEquals(3, row().attempts().size());
    world.retries.refuse(_ -> false);

    world.sender.handle(retry);
    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, row().state());
  }

  /**
   * A 410 pauses the postback once; after the affiliate has resumed it, an old message must not
   * pause it again.
   */
  @Test
  void doesNotPauseAPostbackThatHasBeenResumed() {
    world.tracker.answers(answer(410));
    CallbackMessage message = firstAttempt();
    world.sender.handle(message);
    Postback paused = Objects.requireNonNull(world.postbacks.find("77", "p1"));
    assertTrue(paused.isPaused());
    world.pass(Duration.ofMinutes(1));
    world.postbacks.replace(resumed(paused), paused.version());
    world.pass(Duration.ofMinutes(2));

    world.sender.handle(message);

    assertFalse(Objects.requireNonNull(world.postbacks.find("77", "p1")).isPaused());
  }

  /** The queue delivers a message that carries an attempt to two workers at the same time. */
  @Test
  void storesAnAttemptOnceThatTwoWorkersCarry() {
    CallbackMessage first = firstAttempt();
    CallbackMessage carrying =
        first.with(
            new CallbackMessage.Task.Store(
                new MadeAttempt(
                    world.clock.instant(), world.clock.instant(), answer(200), null, false)),
            world.clock.instant());
    world.sender.handle(carrying);

    sender(new StaleLog(), "1m").handle(carrying);

    assertEquals(1, row().attempts().size());
    assertEquals(DeliveryState.DELIVERED, row().state());
  }

  private Postback resumed(Postback paused) {
    return paused.next(paused.settings(), PostbackStatus.healthy(), world.clock.instant());
  }

  private Sender sender(DeliveryLog log, String schedule) {
    return new Sender(
        new SenderStores(log, world.postbacks, world.events),
        world.tracker,
        new FollowUp(
            world.retries,
            world.deadLetters,
            new HealthWatch(world.health, world.postbacks, world.log, (_, _) -> {})),
        new RetryPolicy(RetrySchedule.parse(schedule), new Random(3)),
        world.clock,
        DeliveryObserver.NONE,
        world.newPacing());
  }

  /** Not an exception, which the sender would handle. */
  private static final class WorkerDeath extends Error {
    private static final long serialVersionUID = 1;
  }

  /** A log whose worker looked before there was a row. */
  private final class StaleLog extends LogOfTheWorld {
    private boolean looked;

    @Override
    public @Nullable Delivery find(String affiliateId, String deliveryId) {
      boolean first = !looked;
      looked = true;
      return first ? null : super.find(affiliateId, deliveryId);
    }
  }

  /** A log whose worker crashes after it has written the attempt with this number. */
  private final class DyingLog extends LogOfTheWorld {
    private final int attempt;

    DyingLog(int attempt) {
      this.attempt = attempt;
    }

    @Override
    public boolean save(Delivery delivery) {
      boolean saved = world.log.save(delivery);
      if (saved && delivery.attempts().size() == attempt) {
        throw new WorkerDeath();
      }
      return saved;
    }
  }

  private class LogOfTheWorld extends ForwardingLog {
    LogOfTheWorld() {
      super(world.log);
    }
  }
}

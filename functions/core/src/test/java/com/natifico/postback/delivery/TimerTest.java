package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimerTest {
  private final World world = new World();
  private ConversionEvent event = push("c-1");

  private ConversionEvent push(String id) {
    world.given(Samples.postback("77", "p1", null));
    event = world.push(Samples.conversion("77", id));
    return event;
  }

  private Delivery row() {
    return world.delivery(event, "p1");
  }

  private void fails(int times) {
    for (int i = 0; i < times; i++) {
      world.tracker.answers(answer(500));
    }
  }

  /** Lets time pass minute by minute. */
  private void pass(Duration time) {
    Instant end = world.clock.instant().plus(time);
    while (world.clock.instant().isBefore(end)) {
      world.pass(Duration.ofMinutes(1));
      world.runTimer();
      world.deliver();
    }
  }

  /** Makes this number of attempts, which fail. */
  private void passAttempts(int failures) {
    fails(failures);
    world.deliver();
    while (row().attempts().size() < failures) {
      pass(Duration.ofMinutes(1));
    }
  }

  private int requests() {
    return world.tracker.received().size();
  }

  @Test
  void passesTheQueuesAFewTimesPerExhaustedDelivery() {
    fails(8);
    world.deliverEverything();

    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(8, row().attempts().size());
    int passes = world.callbacks.sent().size() + world.retries.sent().size();
    assertTrue(passes <= 30, "passes: " + passes);
  }

  @Test
  void makesALongRetryOnTime() {
    fails(4);
    world.deliver();
    pass(Duration.ofHours(3));

    Instant due = row().attempts().get(3).endedAt().plus(Duration.ofHours(1));
    Instant made = row().attempts().get(4).at();
    assertFalse(made.isBefore(due));
    assertFalse(made.isAfter(due.plus(Duration.ofMinutes(13))), "with the jitter");
    assertEquals(DeliveryState.DELIVERED, row().state());
  }

  /** After this number of failures, all messages of the next attempt are deleted. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void replacesALostMessage(int failures) {
    passAttempts(failures);
    Instant due = Objects.requireNonNull(row().nextAttemptAt());
    while (world.clock.instant().isBefore(due.minusSeconds(60))) {
      world.pass(Duration.ofMinutes(1));
      world.runTimer();
    }
    world.retries.purge();

    pass(Duration.ofMinutes(12));
    assertEquals(DeliveryState.DELIVERED, row().state());
    Instant made = row().attempts().getLast().at();
    assertFalse(made.isAfter(due.plus(Duration.ofMinutes(11))), made + " is late for " + due);
  }

  @Test
  void multipliesNoMessagesInABacklog() {
    passAttempts(4);
    int before = world.retries.sent().size();
    for (int i = 0; i < 6 * 60; i++) {
      world.pass(Duration.ofMinutes(1));
      world.runTimer();
    }
    // When it is due, and 5, 15 and 45 minutes and 1, 2 and 4 hours later.
    assertTrue(world.retries.sent().size() - before <= 7, world.retries.sent().toString());
    world.deliverEverything();
    assertEquals(5, requests());
  }

  @Test
  void continuesWhereItStopped() {
    passAttempts(4);
    world.retries.refuse(_ -> true);
    for (int i = 0; i < 200; i++) {
      world.pass(Duration.ofMinutes(1));
      if (world.clock.instant().isAfter(row().nextAttemptAt())) {
        assertThrows(Timer.QueueRefuses.class, () -> world.timer.run(() -> true));
      } else if (world.clock.instant().plusSeconds(200).isBefore(row().nextAttemptAt())) {
        world.runTimer();
      }
    }
    world.retries.refuse(_ -> false);
    world.timer.run(() -> true);
    world.deliver();
    assertEquals(DeliveryState.DELIVERED, row().state());
  }

  /** SQS accepts no message while messages are received. */
  @Test
  void makesARetryThatTheQueueRefused() {
    fails(2);
    world.retries.refuse(_ -> true);
    world.deliver();
    assertEquals(DeliveryState.RETRYING, row().state());
    pass(Duration.ofMinutes(9));
    assertEquals(1, requests());

    world.retries.refuse(_ -> false);
    pass(Duration.ofMinutes(60));
    assertEquals(DeliveryState.DELIVERED, row().state());
    assertEquals(3, requests());
  }

  @Test
  void sendsADeadLetterThatTheQueueRefused() {
    world.tracker.answers(answer(302));
    world.deadLetters.refuse(true);
    world.deliver();
    assertEquals(DeliveryState.FAILED, row().state());
    assertEquals(0, world.deadLetters.messages().size());

    world.deadLetters.refuse(false);
    world.deliverEverything();
    assertEquals(1, world.deadLetters.messages().size());
    assertEquals(1, requests());
    assertNull(row().wakeAt());
  }

  @Test
  void findsNothingToDoForADeliveredCallback() {
    fails(1);
    world.deliverEverything();
    assertEquals(DeliveryState.DELIVERED, row().state());
    assertNull(row().wakeAt());
    assertNull(world.nextWakeUp());
  }
}

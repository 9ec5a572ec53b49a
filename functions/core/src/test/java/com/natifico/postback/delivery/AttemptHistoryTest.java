package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttemptHistoryTest {
  private static AttemptHistory ofLength(int count) {
    AttemptHistory history = AttemptHistory.NONE;
    for (int i = 1; i <= count; i++) {
      history = history.with(Samples.attempt(i, Outcome.TIMEOUT));
    }
    return history;
  }

  private static List<Integer> numbers(AttemptHistory history) {
    return history.attempts().stream().map(Attempt::number).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32})
  void keepsAllAttemptsIfThereAreFew(int count) {
    AttemptHistory history = ofLength(count);
    assertEquals(IntStream.rangeClosed(1, count).boxed().toList(), numbers(history));
    assertEquals(0, history.omitted());
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 100, 200})
  void keepsTheFirst8AndTheLast24OfManyAttempts(int count) {
    AttemptHistory history = ofLength(count);
    assertEquals(
        IntStream.concat(IntStream.rangeClosed(1, 8), IntStream.rangeClosed(count - 23, count))
            .boxed()
            .toList(),
        numbers(history));
    assertEquals(count, history.count());
    assertEquals(count - 32, history.omitted());
  }

  @Test
  void cannotHaveFewerAttemptsThanItKeeps() {
    List<Attempt> one = List.of(Samples.attempt(1, Outcome.DNS));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AttemptHistory(one, 0, 0, SendReason.USUAL, new WebhookId.OfDelivery()));
  }

  @Test
  void startsAScheduleAfterAllAttemptsThatWereMade() {
    assertEquals(0, ofLength(100).restarted(Resend.Mode.WITH_OTHERS, 1).countOfSchedule());
  }

  /** For example, an affiliate's script that resends one delivery in a loop. */
  @Test
  void endsALoopOfResendsAt200Attempts() {
    World world = new World("1m");
    world.given(Samples.postback("p1", Samples.OFFER));
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    Resend resend =
        new Resend(world.postbacks, world.events, world.log, world.retries, world.clock);
    for (int i = 0; i < 300; i++) {
      world.tracker.answers(answer(500));
    }
    world.deliverEverything();

    Resend.Result last = null;
    for (int i = 0; i < 200 && !(last instanceof Resend.Result.AttemptsExhausted); i++) {
      world.pass(Duration.ofMinutes(1));
      last = resend.resend("77", world.delivery(event, "p1").id(), Resend.Mode.REPEATED);
      world.deliverEverything();
    }

    assertInstanceOf(Resend.Result.AttemptsExhausted.class, last);
    Delivery row = world.delivery(event, "p1");
    assertEquals(DeliveryState.FAILED, row.state());
    assertEquals(200, row.history().count());
    assertEquals(200, world.tracker.received().size());
    assertEquals(32, row.attempts().size());
  }

  /** The limit also applies within a schedule, and to dead-letter messages that are moved back. */
  @Test
  void makesNoAttemptBeyond200() {
    World world = new World("1m,1m,1m,1m,1m,1m,1m");
    world.given(Samples.postback("p1", Samples.OFFER));
    Callback callback = Samples.callback(Samples.event("c-1"), "p1");
    Delivery almost =
        new Delivery(
            callback,
            new DeliveryStatus.Retrying(world.clock.instant(), null),
            new AttemptHistory(
                ofLength(198).attempts(), 198, 198, SendReason.USUAL, new WebhookId.OfDelivery()),
            null,
            1);
    assertTrue(world.log.save(almost));
    for (int i = 0; i < 9; i++) {
      world.tracker.answers(answer(500));
    }
    world.retries.send(
        List.of(new CallbackMessage(callback, 199, world.clock.instant(), world.clock.instant())));
    world.deliverEverything();
    assertEquals(2, world.tracker.received().size());

    world.retries.send(
        List.of(
            CallbackMessage.redriven(callback, 201, world.clock.instant(), world.clock.instant())));
    world.deliverEverything();
    assertEquals(2, world.tracker.received().size());
  }
}

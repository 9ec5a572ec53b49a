package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static com.natifico.postback.testing.ScriptedTransport.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.postback.EndpointPace;
import com.natifico.postback.postback.MaxRate;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callbacks whose endpoint takes a limited number of requests, or whose owner limits them. */
final class PacingTest {
  private final World world = new World();

  private Postback unlimited() {
    return world.given(Samples.postback("p1", Samples.OFFER));
  }

  private Postback limitedTo(String perSecond) {
    Postback usual = Samples.postback("p1", Samples.OFFER);
    return world.given(
        Samples.with(
            usual,
            usual
                .settings()
                .withSending(
                    SendingSettings.USUAL.withMaxRate(new MaxRate(new BigDecimal(perSecond))))));
  }

  private Postback stored() {
    return Objects.requireNonNull(world.postbacks.find(Samples.AFFILIATE, "p1"));
  }

  private List<ConversionEvent> push(int count) {
    List<ConversionEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(world.push(Samples.conversion("c-" + i)));
    }
    return events;
  }

  /** The endpoint refuses a callback, whose retry waits. */
  private ConversionEvent refuse() {
    world.tracker.answers(answer(429));
    ConversionEvent refused = world.push(Samples.conversion("refused"));
    world.deliver();
    return refused;
  }

  @Test
  void costsNothingWhileAnEndpointTakesEverything() {
    unlimited();
    push(5);
    world.tracker.answers(answer(200), answer(500), answer(404), answer(503), answer(200));
    world.deliver();

    assertEquals(0, world.paces.calls());
    assertEquals(0, world.slow.sent().size());
  }

  @ParameterizedTest
  @CsvSource({"429,", "429,60", "503,60"})
  void limitsAnEndpointThatRefuses(int status, String retryAfter) {
    unlimited();
    world.tracker.answers(answer(status, retryAfter));
    push(1);
    world.deliver();

    assertEquals(Samples.NOW.plusSeconds(600), stored().pacedUntil());
  }

  @Test
  void sendsItsCallbacksToTheSlowLaneFromAcceptingOn() {
    unlimited();
    refuse();
    ConversionEvent next = world.push(Samples.conversion("next"));

    assertEquals(List.of(), world.callbacks.receive());
    world.deliver();

    assertEquals(DeliveryState.DELIVERED, world.delivery(next, "p1").state());
    assertEquals(1, world.delivery(next, "p1").revision(), "like a usual first attempt");
  }

  @Test
  void movesWhatWasAcceptedBeforeToTheSlowLane() {
    unlimited();
    world.tracker.answers(answer(429));
    List<ConversionEvent> events = push(2);
    world.deliver();

    assertEquals(1, world.tracker.received().size());
    assertTrue(world.slow.sent().getFirst().isInSlowLane());
    assertEquals(List.of(), world.delivery(events.getLast(), "p1").attempts());
  }

  @Test
  void waitsWithoutAnAttempt() {
    limitedTo("0.1");
    List<ConversionEvent> events = push(4);
    world.deliverEverything();

    for (ConversionEvent event : events) {
      Delivery row = world.delivery(event, "p1");
      assertEquals(DeliveryState.DELIVERED, row.state());
      assertEquals(1, row.attempts().size());
    }
    assertFalse(world.clock.instant().isBefore(Samples.NOW.plusSeconds(30)));
  }

  @Test
  void countsRetriesAndResends() {
    limitedTo("0.5");
    world.tracker.answers(answer(500), answer(500));
    List<Instant> sentAt = new ArrayList<>();
    push(3);
    for (int i = 0; i < 200 && world.tracker.received().size() < 5; i++) {
      int before = world.tracker.received().size();
      world.runTimer();
      world.deliver();
      for (int sent = before; sent < world.tracker.received().size(); sent++) {
        sentAt.add(world.clock.instant());
      }
      world.pass(Duration.ofSeconds(1));
    }
    assertEquals(5, sentAt.size(), "three callbacks and two retries");
    for (int i = 1; i < sentAt.size(); i++) {
      assertFalse(sentAt.get(i).isBefore(sentAt.get(i - 1).plusSeconds(2)), sentAt.toString());
    }
  }

  @Test
  void waitsAsLongAsTheEndpointAsks() {
    unlimited();
    world.tracker.answers(answer(429, "30"));
    push(3);
    world.deliver();
    world.pass(Duration.ofSeconds(28));
    world.deliver();
    assertEquals(1, world.tracker.received().size());

    world.deliverEverything();
    assertEquals(4, world.tracker.received().size());
  }

  @Test
  void isShared() {
    unlimited();
    refuse();
    Sender other = world.newSender();
    push(2);
    world.deliver(other);

    assertEquals(3, world.tracker.received().size());
    assertEquals(2, world.paces.find(stored().key()).used());
  }

  @Test
  void decreasesOnceForTheRefusalsOfAMoment() {
    unlimited();
    refuse();
    EndpointPace first = world.paces.find(stored().key());
    world.pass(Duration.ofSeconds(5));
    world.tracker.answers(answer(429), answer(429), answer(429));
    push(3);
    world.deliver();

    EndpointPace after = world.paces.find(stored().key());
    assertFalse(Objects.equals(first.rate(), after.rate()));
    assertEquals(world.clock.instant(), Objects.requireNonNull(after.rate()).since());
  }

  @Test
  void isNoLongerLimitedAfterTenMinutesWithoutARefusal() {
    unlimited();
    refuse();
    world.pass(Duration.ofMinutes(10));
    int calls = world.paces.calls();
    ConversionEvent next = world.push(Samples.conversion("next"));
    world.callbacks.receive().forEach(world.sender::handle);

    assertEquals(DeliveryState.DELIVERED, world.delivery(next, "p1").state());
    assertEquals(calls, world.paces.calls());
  }

  @Test
  void losesNothingIfThePaceCannotBeStored() {
    limitedTo("1");
    List<ConversionEvent> events = push(3);
    world.paces.setBroken(true);
    world.deliver();
    assertEquals(0, world.tracker.received().size());
    world.paces.setBroken(false);
    world.deliverEverything();

    assertEquals(3, world.tracker.received().size());
    for (ConversionEvent event : events) {
      assertEquals(DeliveryState.DELIVERED, world.delivery(event, "p1").state());
    }
  }

  @Test
  void deliversIfARefusalCannotBeStored() {
    unlimited();
    world.paces.setBroken(true);
    ConversionEvent refused = refuse();
    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, world.delivery(refused, "p1").state());
    assertEquals(List.of("the pace is not stored for postback p1"), world.complaints);
    assertNull(stored().pacedUntil());
  }

  @Test
  void neverDelaysATestConversion() {
    Postback limited = limitedTo("0.1");
    push(2);
    world.deliver();
    world.acceptance.acceptTest(Samples.conversion("t-1"), List.of(limited));
    world.deliver();

    assertEquals(2, world.tracker.received().size());
  }

  @Test
  void attemptsAfterSevenDaysInAnyCase() {
    Postback limited = limitedTo("0.1");
    CallbackMessage message = Samples.message(Samples.callback("c-1", "p1"));
    world.paces.replace(
        limited.key(),
        EndpointPace.UNKNOWN,
        EndpointPace.UNKNOWN.refused(null, Samples.NOW.plusSeconds(600), Samples.NOW));
    Deferral old = new Deferral(Samples.NOW.minus(Duration.ofDays(7)), Deferral.Cause.PACE);
    world.sender.handle(message.with(new CallbackMessage.Task.Send(false, old), message.dueAt()));

    assertEquals(1, world.tracker.received().size());
  }

  @Test
  void defersPacedCallbacksWhileTheCircuitIsOpen() {
    limitedTo("10");
    world.tracker.answers(failure(Outcome.TIMEOUT), failure(Outcome.TIMEOUT));
    push(3);
    world.deliver();

    assertEquals(2, world.tracker.received().size(), "the third waits for the end of the pause");
    world.deliverEverything();
    assertEquals(5, world.tracker.received().size());
  }
}

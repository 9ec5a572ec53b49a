package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.Race;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HealthWatchTest {
  private static final Duration DAY = Duration.ofHours(24);

  private final World world = new World("1h");
  private final Postback postback = world.given(Samples.postback("p1", Samples.OFFER));
  private int pushed;

  /** Pushes one more conversion whose first attempt has this result. */
  private ConversionEvent attempt(Exchange exchange) {
    world.tracker.answers(exchange);
    ConversionEvent event = world.push(Samples.conversion("c-" + ++pushed));
    world.callbacks.receive().forEach(message -> world.sender.handle(message));
    return event;
  }

  /** First attempts that fail; this is the time between the first and the last of them. */
  private void failures(int count, Duration spread) {
    for (int i = 0; i < count; i++) {
      attempt(answer(500));
      if (i == 0) {
        world.pass(spread);
      }
    }
  }

  private Postback stored() {
    return Objects.requireNonNull(world.postbacks.find("77", "p1"));
  }

  @Test
  void pausesAfterTwentyFailuresInARowOverADay() {
    failures(19, DAY);
    assertFalse(stored().isPaused());

    attempt(answer(500));

    assertEquals(new PostbackStatus.Paused(PausedReason.FAILING), stored().status());
    assertEquals(2, stored().version());
  }

  @Test
  void doesNotPauseBeforeADayIsOver() {
    failures(100, DAY.minusMillis(1));
    assertFalse(stored().isPaused());
  }

  @Test
  void pausesAtTheFirstFailureAfterADayRegardlessOfEarlierOnes() {
    failures(50, Duration.ofHours(1));
    world.pass(Duration.ofHours(23));

    attempt(answer(500));

    assertTrue(stored().isPaused());
  }

  @Test
  void countsAStreakThatOnlyWaitsForItsDayOnceAMinute() {
    failures(20, Duration.ofHours(1));
    int calls = world.health.calls();

    failures(30, Duration.ZERO);
    assertEquals(calls, world.health.calls());

    world.pass(Duration.ofMinutes(1));
    failures(1, Duration.ZERO);
    assertEquals(calls + 1, world.health.calls());
  }

  /** While the store counts a failure, three others of the same postback end. */
  @Test
  void countsFailuresThatEndTogetherWithOneCall() {
    AtomicReference<@Nullable HealthWatch> slow = new AtomicReference<>();
    List<Integer> counted = new ArrayList<>();
    HealthWatch watch =
        new HealthWatch(
            failing(
                (failures, at) -> {
                  counted.add(failures);
                  HealthWatch others = slow.getAndSet(null);
                  for (int i = 0; others != null && i < 3; i++) {
                    others.ended(postback, Outcome.HTTP_ERROR, at);
                  }
                  return new PostbackHealth.Streak(failures, at);
                },
                new AtomicInteger()),
            world.postbacks,
            world.log,
            (_, _) -> {});
    slow.set(watch);

    watch.ended(postback, Outcome.HTTP_ERROR, Samples.NOW);
    watch.ended(postback, Outcome.HTTP_ERROR, Samples.NOW);

    assertEquals(List.of(1, 3, 1), counted);
  }

  @Test
  void startsAgainAfterASuccess() {
    failures(19, DAY);
    attempt(answer(200));

    failures(19, DAY);

    assertFalse(stored().isPaused());
  }

  @Test
  void makesNoCallsWithoutFailures() {
    for (int i = 0; i < 30; i++) {
      attempt(answer(200));
    }
    assertEquals(0, world.health.calls());
  }

  @Test
  void reportsOnlyTheFirstSuccessAfterAFailure() {
    failures(1, Duration.ZERO);
    attempt(answer(200));
    attempt(answer(200));
    assertEquals(2, world.health.calls());
    assertEquals(PostbackStatus.healthy(), stored().status());
  }

  @Test
  void countsEveryAttemptOfADelivery() {
    for (int i = 0; i < 20; i++) {
      world.tracker.answers(answer(500));
    }
    World day = world;
    for (int i = 0; i < 10; i++) {
      day.push(Samples.conversion("c-" + i));
    }
    day.deliver();
    world.pass(DAY);
    day.deliverEverything();

    assertTrue(stored().isPaused(), "ten deliveries with two attempts each");
  }

  @Test
  void ignoresTestConversions() {
    for (int i = 0; i < 25; i++) {
      world.tracker.answers(answer(500));
      world.acceptance.acceptTest(Samples.conversion("t-" + i), List.of(postback));
      world.deliver();
      world.pass(Duration.ofHours(2));
    }
    assertEquals(0, world.health.calls());
    assertFalse(stored().isPaused());
  }

  @Test
  void holdsCallbacksWhileThePostbackIsPaused() {
    failures(20, DAY);
    ConversionEvent waiting = world.push(Samples.conversion("late"));

    world.deliverEverything();

    assertEquals(DeliveryState.HELD, world.delivery(waiting, "p1").state());
  }

  @Test
  void startsANewStreakWhenThePostbackIsResumed() {
    failures(20, DAY);
    Postback paused = stored();
    world.postbacks.replace(active(paused), paused.version());

    failures(19, DAY);

    assertFalse(stored().isPaused());
    attempt(answer(500));
    assertTrue(stored().isPaused());
  }

  private static Postback active(Postback postback) {
    return postback.next(
        postback.settings(), PostbackStatus.healthy(), postback.revision().updatedAt());
  }

  @Test
  void deliversAndRetriesEvenIfNothingCanBeCounted() {
    world.health.breakDown();
    world.tracker.answers(answer(500));
    ConversionEvent event = world.push(Samples.conversion("c-1"));

    world.deliverEverything();

    assertEquals(DeliveryState.DELIVERED, world.delivery(event, "p1").state());
    assertFalse(world.complaints.isEmpty(), "the error is logged");
  }

  @Test
  void countsAnAttemptOnceIfItsMessageIsReceivedAgain() {
    world.tracker.answers(answer(500));
    world.push(Samples.conversion("c-1"));
    CallbackMessage message = world.callbacks.receive().getFirst();
    world.sender.handle(message);
    world.sender.handle(message);
    assertEquals(1, world.health.calls());
  }

  /** Reports a streak that is long enough to pause the postback. */
  private static PostbackHealth tooLong(Instant since, AtomicInteger successes) {
    return failing((_, _) -> new PostbackHealth.Streak(20, since), successes);
  }

  private static PostbackHealth failing(
      BiFunction<Integer, Instant, PostbackHealth.Streak> counting, AtomicInteger successes) {
    return new PostbackHealth() {
      @Override
      public @Nullable Streak failed(Postback postback, int attempts, Instant at) {
        return counting.apply(attempts, at);
      }

      @Override
      public void succeeded(Postback postback) {
        successes.incrementAndGet();
      }

      @Override
      public Circuit replaceCircuit(Postback postback, Circuit expected, Circuit next) {
        return next;
      }
    };
  }

  @Test
  void doesNotPauseIfTheLogHasAnUnreportedSuccess() {
    Instant since = Samples.NOW.minus(DAY);
    AtomicInteger successes = new AtomicInteger();
    InMemoryDeliveryLog log = new InMemoryDeliveryLog();
    // Created before the streak, delivered during it.
    log.save(Samples.delivered(Samples.callback(claimedAt(since.minusSeconds(3600)), "p1")));
    HealthWatch watch =
        new HealthWatch(tooLong(since, successes), world.postbacks, log, (_, _) -> {});

    watch.ended(postback, Outcome.HTTP_ERROR, Samples.NOW);

    assertFalse(stored().isPaused());
    assertEquals(1, successes.get(), "the streak ends");
  }

  @Test
  void pausesDespiteSuccessesBeforeTheStreak() {
    Instant since = Samples.NOW.plus(Duration.ofMinutes(1));
    InMemoryDeliveryLog log = new InMemoryDeliveryLog();
    log.save(Samples.delivered(Samples.callback(claimedAt(Samples.NOW), "p1")));
    HealthWatch watch =
        new HealthWatch(tooLong(since, new AtomicInteger()), world.postbacks, log, (_, _) -> {});

    watch.ended(postback, Outcome.HTTP_ERROR, since.plus(DAY));

    assertTrue(stored().isPaused());
  }

  @Test
  void pausesDespiteSuccessesOfOtherPostbacks() {
    Instant since = Samples.NOW.minus(DAY);
    InMemoryDeliveryLog log = new InMemoryDeliveryLog();
    log.save(Samples.delivered(Samples.callback(claimedAt(Samples.NOW), "p2")));
    HealthWatch watch =
        new HealthWatch(tooLong(since, new AtomicInteger()), world.postbacks, log, (_, _) -> {});

    watch.ended(postback, Outcome.HTTP_ERROR, Samples.NOW);

    assertTrue(stored().isPaused());
  }

  private static ConversionEvent claimedAt(Instant time) {
    return Samples.event(Samples.conversion("c-" + time), time);
  }

  @Test
  void pausesOnceIfManyWorkersReachTheThreshold() throws Exception {
    Instant since = Samples.NOW.minus(DAY);
    InMemoryPostbackStore store = world.postbacks;
    Race.run(
        Collections.nCopies(
            10,
            Race.of(
                () -> {
                  HealthWatch watch =
                      new HealthWatch(
                          tooLong(since, new AtomicInteger()), store, world.log, (_, _) -> {});
                  watch.ended(postback, Outcome.HTTP_ERROR, Samples.NOW);
                  return true;
                })));
    assertEquals(2, stored().version());
  }

  @Test
  void doesNotPauseAPostbackThatWasChanged() {
    world.postbacks.replace(active(postback), 1);
    HealthWatch watch =
        new HealthWatch(
            tooLong(Samples.NOW.minus(DAY), new AtomicInteger()),
            world.postbacks,
            world.log,
            (_, _) -> {});

    watch.ended(postback, Outcome.HTTP_ERROR, Samples.NOW);

    assertFalse(stored().isPaused());
  }
}

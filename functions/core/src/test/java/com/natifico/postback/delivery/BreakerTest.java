package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static com.natifico.postback.testing.ScriptedTransport.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Attempt.Latency;
import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.testing.InMemoryPostbackHealth;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.Samples;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BreakerTest {
  private static final Instant NOW = Samples.NOW;

  private final InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
  private final InMemoryPostbackHealth health = new InMemoryPostbackHealth(postbacks);
  private final Postback slow = Samples.postback("slow", Samples.OFFER);
  private final Breaker breaker = worker();

  BreakerTest() {
    postbacks.create(slow);
  }

  private Breaker worker() {
    return new Breaker(health, (_, _) -> {});
  }

  private Postback stored() {
    return Objects.requireNonNull(postbacks.find(slow.affiliateId(), slow.postbackId()));
  }

  /** Makes an attempt, which ends at this time. */
  private static void attempt(Breaker worker, Postback postback, Exchange exchange, Instant now) {
    worker.ended(worker.started(postback, now), exchange, now);
  }

  private void timeouts(int count) {
    for (int i = 0; i < count; i++) {
      attempt(breaker, slow, failure(Outcome.TIMEOUT), NOW);
    }
  }

  @Test
  void opensAfterTwoConsecutiveTimeouts() {
    timeouts(1);
    assertNull(breaker.deferredUntil(slow, true, NOW));
    timeouts(1);
    assertEquals(NOW.plusSeconds(10), breaker.deferredUntil(slow, true, NOW));
  }

  @Test
  void resetsTheCountAfterAResponse() {
    timeouts(1);
    attempt(breaker, slow, answer(500), NOW);
    timeouts(1);
    assertNull(breaker.deferredUntil(slow, true, NOW));
  }

  @Test
  void permitsOneAttemptAfterThePause() {
    timeouts(2);
    Instant over = NOW.plusSeconds(10);
    assertNull(breaker.deferredUntil(slow, true, over));
    assertNotNull(breaker.deferredUntil(slow, true, over));
  }

  @Test
  void closesAfterASuccessfulAttempt() {
    timeouts(2);
    Instant over = NOW.plusSeconds(10);
    assertNull(breaker.deferredUntil(slow, true, over));
    attempt(breaker, slow, answer(200), over);
    assertNull(breaker.deferredUntil(slow, true, over));
  }

  @Test
  void opensAgainIfTheAttemptTimesOut() {
    timeouts(2);
    Instant over = NOW.plusSeconds(10);
    assertNull(breaker.deferredUntil(slow, true, over));
    attempt(breaker, slow, failure(Outcome.TIMEOUT), over.plusSeconds(10));
    assertEquals(over.plusSeconds(20), breaker.deferredUntil(slow, true, over.plusSeconds(10)));
  }

  @Test
  void doublesThePauseUpToEightMinutes() {
    timeouts(2);
    Instant now = NOW;
    for (long seconds : new long[] {10, 20, 40, 80, 160, 320, 480, 480}) {
      Instant over = now.plusSeconds(seconds);
      assertEquals(over, breaker.deferredUntil(slow, true, now));
      assertNull(breaker.deferredUntil(slow, true, over));
      attempt(breaker, slow, failure(Outcome.TIMEOUT), over.plusSeconds(10));
      now = over;
    }
  }

  @Test
  void countsTimeoutsOfConcurrentAttemptsOnce() {
    timeouts(10);
    assertEquals(NOW.plusSeconds(10), breaker.deferredUntil(slow, true, NOW));
  }

  @Test
  void staysClosedIfConnectionsAreRefusedImmediately() {
    for (int i = 0; i < 10; i++) {
      attempt(breaker, slow, failure(Outcome.CONNECT), NOW);
    }
    assertNull(breaker.deferredUntil(slow, true, NOW));
  }

  @Test
  void opensIfConnectionsTimeOut() {
    for (int i = 0; i < 2; i++) {
      attempt(breaker, slow, took(Outcome.CONNECT, 3_000), NOW);
    }
    assertNotNull(breaker.deferredUntil(slow, true, NOW));
  }

  @Test
  void doesNotAffectOtherEndpoints() {
    timeouts(2);
    assertNull(breaker.deferredUntil(Samples.postback("quick", Samples.OFFER), true, NOW));
  }

  @Test
  void tellsTheOtherWorkers() {
    timeouts(2);
    assertEquals(NOW.plusSeconds(10), worker().deferredUntil(stored(), true, NOW));
  }

  @Test
  void permitsOneAttemptOfAllWorkersAfterThePause() {
    timeouts(2);
    Postback cached = stored();
    Breaker second = worker();
    Instant over = NOW.plusSeconds(10);

    assertNull(second.deferredUntil(cached, true, over));

    Instant again = over.plusSeconds(20);
    assertEquals(again, breaker.deferredUntil(cached, true, over.plusMillis(1)));
    assertEquals(again, worker().deferredUntil(cached, true, over.plusMillis(1)));
  }

  @Test
  void closesForAllWorkers() {
    timeouts(2);
    Postback cached = stored();
    Instant over = NOW.plusSeconds(10);
    Breaker second = worker();
    assertNull(second.deferredUntil(cached, true, over));

    attempt(second, cached, answer(200), over);

    assertEquals(Circuit.CLOSED, stored().circuit());
    assertNull(second.deferredUntil(cached, true, over), "although its cache is outdated");
    assertNull(breaker.deferredUntil(stored(), true, over));
    assertNull(worker().deferredUntil(cached, true, over), "the store knows better than the cache");
  }

  @Test
  void writesOnlyIfTheStateChanges() {
    attempt(breaker, slow, answer(200), NOW);
    assertNull(breaker.deferredUntil(slow, true, NOW));
    assertEquals(0, health.calls(), "nothing on the healthy way");
    timeouts(10);
    assertEquals(2, health.calls(), "slow, then open");
    Postback cached = stored();
    for (int i = 0; i < 10; i++) {
      attempt(breaker, cached, answer(200), NOW);
    }
    assertEquals(3, health.calls());
  }

  @Test
  void knowsWhatItHasSeenItselfIfNothingCanBeStored() {
    health.breakDown();
    timeouts(2);
    assertEquals(NOW.plusSeconds(10), breaker.deferredUntil(slow, true, NOW));
    assertNull(breaker.deferredUntil(slow, true, NOW.plusSeconds(10)));
    assertNotNull(breaker.deferredUntil(slow, true, NOW.plusSeconds(10)));
    attempt(breaker, slow, answer(200), NOW.plusSeconds(20));
    assertNull(breaker.deferredUntil(slow, true, NOW.plusSeconds(20)));
  }

  private static Exchange took(Outcome outcome, int ms) {
    return new Exchange(new AttemptResult(outcome, null, Latency.ofTotal(ms), null, null), null);
  }

  @Test
  void movesCallbacksToTheSlowLaneAfterTheFirstTimeout() {
    timeouts(1);
    assertEquals(new Circuit.Slow(NOW), stored().circuit());
    assertEquals(NOW, breaker.deferredUntil(slow, false, NOW));
    assertNull(breaker.deferredUntil(slow, true, NOW));
    assertEquals(NOW, worker().deferredUntil(stored(), false, NOW));
    assertNull(worker().deferredUntil(stored(), true, NOW));
  }

  @Test
  void makesNoAttemptInTheUsualLaneWhileTheCircuitIsHalfOpen() {
    timeouts(2);
    Instant over = NOW.plusSeconds(10);
    assertEquals(over, breaker.deferredUntil(slow, false, NOW));
    assertEquals(over, breaker.deferredUntil(slow, false, over));
    assertNull(breaker.deferredUntil(slow, true, over), "the attempt is still to be made");
  }

  @Test
  void takesAnEndpointForSlowThatDeliversSlowlyTwice() {
    attempt(breaker, slow, took(Outcome.DELIVERED, 1_000), NOW);
    assertNull(breaker.deferredUntil(slow, false, NOW));
    attempt(breaker, slow, took(Outcome.DELIVERED, 1_000), NOW);
    assertEquals(NOW, breaker.deferredUntil(slow, false, NOW));
    for (int i = 0; i < 10; i++) {
      attempt(breaker, slow, took(Outcome.DELIVERED, 9_000), NOW);
    }
    assertNull(breaker.deferredUntil(slow, true, NOW), "it delivers, so it has no pause");
    assertEquals(1, health.calls());
  }

  @Test
  void staysInTheSlowLaneForAMinute() {
    timeouts(1);
    Postback cached = stored();
    attempt(breaker, cached, answer(200), NOW.plusSeconds(59));
    assertEquals(NOW, breaker.deferredUntil(cached, false, NOW));
    attempt(breaker, cached, answer(200), NOW.plusSeconds(60));
    assertNull(breaker.deferredUntil(cached, false, NOW), "although its cache is outdated");
    assertEquals(Circuit.CLOSED, stored().circuit());
  }

  @Test
  void isSlowAfterAPauseIfItRespondsButSlowly() {
    timeouts(2);
    Postback cached = stored();
    Instant over = NOW.plusSeconds(10);
    assertNull(breaker.deferredUntil(cached, true, over));

    attempt(breaker, cached, took(Outcome.DELIVERED, 3_000), over.plusSeconds(3));

    assertEquals(new Circuit.Slow(over.plusSeconds(3)), stored().circuit());
    assertNull(breaker.deferredUntil(cached, true, over.plusSeconds(3)));
    assertNull(worker().deferredUntil(stored(), true, over.plusSeconds(3)));
  }

  @ParameterizedTest
  @CsvSource({
    "DELIVERED, 1000, true",
    "DELIVERED, 999, false",
    "HTTP_ERROR, 1000, true",
    "HTTP_ERROR, 999, false",
    "REJECTED, 1000, true",
    "REDIRECT, 1000, true",
    "CONNECT, 1000, true",
    "CONNECT, 999, false"
  })
  void judgesByTimeRegardlessOfTheOutcome(Outcome outcome, int ms, boolean isSlow) {
    attempt(breaker, slow, took(outcome, ms), NOW);
    attempt(breaker, slow, took(outcome, ms), NOW);
    assertEquals(isSlow, breaker.deferredUntil(slow, false, NOW) != null);
  }

  @ParameterizedTest
  @CsvSource({
    "TIMEOUT, 0, true",
    "TLS, 1000, true",
    "TLS, 999, false",
    "DNS, 1000, true",
    "INVALID_RESPONSE, 1000, true",
    "INVALID_RESPONSE, 10, false",
    "HTTP_ERROR, 5000, true",
    "HTTP_ERROR, 4999, false",
    "DEFERRED_BY_RULE, 5000, true",
    "DELIVERED, 9999, false",
    "REJECTED, 9999, false",
    "BLOCKED, 9999, false"
  })
  void judgesByTheTimeThatAFailureTook(Outcome outcome, int ms, boolean opens) {
    attempt(breaker, slow, took(outcome, ms), NOW);
    attempt(breaker, slow, took(outcome, ms), NOW);
    assertEquals(opens, breaker.deferredUntil(slow, true, NOW) != null);
  }

  private static Instant after(int ms) {
    return NOW.plusMillis(ms);
  }

  /** Makes this many attempts start, and returns the first. */
  private Breaker.Running inProgress(int count) {
    Breaker.Running first = breaker.started(slow, NOW);
    for (int i = 1; i < count; i++) {
      breaker.started(slow, NOW);
    }
    return first;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 999, false",
    "1, 1000, false",
    "1, 1499, false",
    "1, 1500, true",
    "2, 999, false",
    "2, 1000, true"
  })
  void learnsOfAnEndpointThatHangsBeforeTheAttemptHasEnded(int attempts, int ms, boolean isSlow) {
    inProgress(attempts);
    breaker.reportSlowAttempts(after(ms));
    assertEquals(isSlow ? new Circuit.Slow(after(ms)) : Circuit.CLOSED, stored().circuit());
    assertEquals(isSlow ? after(ms) : null, worker().deferredUntil(stored(), false, after(ms)));
  }

  @Test
  void hasSomethingToReportTwiceForEachAttempt() {
    inProgress(1);
    assertFalse(breaker.hasSlowAttempts(after(999)));
    for (int ms : new int[] {1_000, 1_500}) {
      assertTrue(breaker.hasSlowAttempts(after(ms)));
      breaker.reportSlowAttempts(after(ms));
      assertFalse(breaker.hasSlowAttempts(after(ms)));
    }
    assertFalse(breaker.hasSlowAttempts(after(9_999)));
  }

  @Test
  void writesOnceForAllAttemptsInProgress() {
    inProgress(10);
    for (int seconds = 1; seconds < 10; seconds++) {
      breaker.reportSlowAttempts(NOW.plusSeconds(seconds));
    }
    assertEquals(1, health.calls());
    assertEquals(new Circuit.Slow(after(1_000)), stored().circuit());
  }

  /** Otherwise a single timeout would open the circuit. */
  @Test
  void countsAnAttemptOnceThatWasSlowWhileInProgress() {
    Breaker.Running attempt = inProgress(1);
    breaker.reportSlowAttempts(after(1_000));
    breaker.reportSlowAttempts(after(1_500));
    breaker.ended(attempt, failure(Outcome.TIMEOUT), after(10_000));
    assertEquals(new Circuit.Slow(after(1_500)), stored().circuit());
    assertEquals(1, health.calls());
  }

  @Test
  void opensTheCircuitOnlyWhenAttemptsHaveEnded() {
    Breaker.Running first = inProgress(2);
    breaker.reportSlowAttempts(after(9_000));
    assertNull(breaker.deferredUntil(slow, true, after(9_000)));
    breaker.ended(first, failure(Outcome.TIMEOUT), after(10_000));
    assertEquals(after(20_000), breaker.deferredUntil(slow, true, after(10_000)));
  }

  @Test
  void leavesAnOpenCircuitOpenWhileItsAttemptIsInProgress() {
    timeouts(2);
    Instant over = NOW.plusSeconds(10);
    assertNull(breaker.deferredUntil(slow, true, over));
    Circuit open = stored().circuit();
    breaker.started(slow, over);
    breaker.reportSlowAttempts(over.plusSeconds(9));
    assertEquals(open, stored().circuit());
  }

  /** It took 1.2 s twice, which is an accident; a minute later it is fast. */
  @Test
  void closesAgainAfterAFalseAlarm() {
    Breaker.Running attempt = inProgress(2);
    breaker.reportSlowAttempts(after(1_000));
    breaker.ended(attempt, took(Outcome.DELIVERED, 1_200), after(1_200));
    attempt(breaker, stored(), answer(200), after(61_000));
    assertEquals(Circuit.CLOSED, stored().circuit());
    assertEquals(2, health.calls());
  }

  @Test
  void forgetsAttemptsThatHaveEnded() {
    breaker.ended(breaker.started(slow, NOW), answer(200), NOW);
    breaker.abandoned(breaker.started(slow, NOW));
    assertFalse(breaker.hasSlowAttempts(NOW.plusSeconds(60)));
    breaker.reportSlowAttempts(NOW.plusSeconds(60));
    assertEquals(0, health.calls());
  }

  @Test
  void reportsEvenIfNothingCanBeStored() {
    health.breakDown();
    inProgress(2);
    breaker.reportSlowAttempts(after(1_000));
    assertEquals(after(1_000), breaker.deferredUntil(slow, false, after(1_000)));
  }

  @Test
  void isSlowAfterASingleAttemptOfOneAndAHalfSeconds() {
    attempt(breaker, slow, took(Outcome.DELIVERED, 1_500), NOW);
    assertEquals(new Circuit.Slow(NOW), stored().circuit());
  }
}

package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static com.natifico.postback.testing.ScriptedTransport.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.delivery.Attempt.Latency;
import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.testing.Samples;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BreakerTest {
  private static final Instant NOW = Samples.NOW;
  private static final String SLOW = "slow.example.com";

  private final Breaker breaker = new Breaker();

  private void timeouts(int count) {
    for (int i = 0; i < count; i++) {
      breaker.ended(SLOW, failure(Outcome.TIMEOUT), NOW);
    }
  }

  @Test
  void opensAfterTwoConsecutiveTimeouts() {
    timeouts(1);
    assertNull(breaker.openUntil(SLOW, NOW));
    timeouts(1);
    assertEquals(NOW.plusSeconds(10), breaker.openUntil(SLOW, NOW));
  }

  @Test
  void resetsTheCountAfterAResponse() {
    timeouts(1);
    breaker.ended(SLOW, answer(500), NOW);
    timeouts(1);
    assertNull(breaker.openUntil(SLOW, NOW));
  }

  @Test
  void permitsOneAttemptAfterThePause() {
    timeouts(2);
    Instant over = NOW.plusSeconds(10);
    assertNull(breaker.openUntil(SLOW, over));
    assertNotNull(breaker.openUntil(SLOW, over));
  }

  @Test
  void closesAfterASuccessfulAttempt() {
    timeouts(2);
    Instant over = NOW.plusSeconds(10);
    assertNull(breaker.openUntil(SLOW, over));
    breaker.ended(SLOW, answer(200), over);
    assertNull(breaker.openUntil(SLOW, over));
  }

  @Test
  void opensAgainIfTheAttemptTimesOut() {
    timeouts(2);
    Instant over = NOW.plusSeconds(10);
    assertNull(breaker.openUntil(SLOW, over));
    breaker.ended(SLOW, failure(Outcome.TIMEOUT), over.plusSeconds(10));
    assertEquals(over.plusSeconds(20), breaker.openUntil(SLOW, over.plusSeconds(10)));
  }

  @Test
  void doublesThePauseUpToEightMinutes() {
    timeouts(2);
    Instant now = NOW;
    for (long seconds : new long[] {10, 20, 40, 80, 160, 320, 480, 480}) {
      Instant over = now.plusSeconds(seconds);
      assertEquals(over, breaker.openUntil(SLOW, now));
      assertNull(breaker.openUntil(SLOW, over));
      breaker.ended(SLOW, failure(Outcome.TIMEOUT), over.plusSeconds(10));
      now = over;
    }
  }

  @Test
  void countsTimeoutsOfConcurrentAttemptsOnce() {
    timeouts(10);
    assertEquals(NOW.plusSeconds(10), breaker.openUntil(SLOW, NOW));
  }

  @Test
  void staysClosedIfConnectionsAreRefusedImmediately() {
    for (int i = 0; i < 10; i++) {
      breaker.ended(SLOW, failure(Outcome.CONNECT), NOW);
    }
    assertNull(breaker.openUntil(SLOW, NOW));
  }

  @Test
  void opensIfConnectionsTimeOut() {
    for (int i = 0; i < 2; i++) {
      breaker.ended(
          SLOW,
          new Exchange(
              new AttemptResult(Outcome.CONNECT, null, Latency.ofTotal(3_000), null, "Timed out."),
              null),
          NOW);
    }
    assertNotNull(breaker.openUntil(SLOW, NOW));
  }

  @Test
  void doesNotAffectOtherEndpoints() {
    timeouts(2);
    assertNull(breaker.openUntil("quick.example.com", NOW));
  }
}

package com.natifico.postback.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.testing.Samples;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BreakerTest {
  private static final Instant NOW = Samples.NOW;
  private static final String SLOW = "slow.example.com";

  private final Breaker breaker = new Breaker();

  private void timeouts(int count) {
    for (int i = 0; i < count; i++) {
      breaker.ended(SLOW, Outcome.TIMEOUT, NOW);
    }
  }

  @Test
  void letsAnEndpointRestAfterThreeTimeoutsInARow() {
    timeouts(2);
    assertNull(breaker.restsUntil(SLOW, NOW));
    timeouts(1);
    assertEquals(NOW.plusSeconds(30), breaker.restsUntil(SLOW, NOW));
  }

  @Test
  void forgetsTimeoutsOnceThereIsAnAnswer() {
    timeouts(2);
    breaker.ended(SLOW, Outcome.HTTP_ERROR, NOW);
    timeouts(2);
    assertNull(breaker.restsUntil(SLOW, NOW));
  }

  @Test
  void letsOneTryWhenTheRestIsOver() {
    timeouts(3);
    Instant over = NOW.plusSeconds(30);
    assertNull(breaker.restsUntil(SLOW, over));
    assertNotNull(breaker.restsUntil(SLOW, over));
  }

  @Test
  void opensWhenTheTryIsAnswered() {
    timeouts(3);
    Instant over = NOW.plusSeconds(30);
    assertNull(breaker.restsUntil(SLOW, over));
    breaker.ended(SLOW, Outcome.DELIVERED, over);
    assertNull(breaker.restsUntil(SLOW, over));
  }

  @Test
  void restsAgainWhenTheTryTimesOut() {
    timeouts(3);
    Instant over = NOW.plusSeconds(30);
    assertNull(breaker.restsUntil(SLOW, over));
    breaker.ended(SLOW, Outcome.TIMEOUT, over.plusSeconds(10));
    assertEquals(over.plusSeconds(40), breaker.restsUntil(SLOW, over.plusSeconds(10)));
  }

  @Test
  void leavesOtherEndpointsAlone() {
    timeouts(3);
    assertNull(breaker.restsUntil("quick.example.com", NOW));
  }
}

package com.natifico.postback.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class KeyLimitsTest {
  private static final Allowance GRANTED = new Allowance.Granted();

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T14:03:09Z"));
  private final KeyLimits limits = new KeyLimits(new Rate(Duration.ofMillis(500), 2), clock);

  @Test
  void refusesAKeyBeyondItsBurstAndNoOtherKey() {
    assertEquals(GRANTED, limits.take("k1"));
    assertEquals(GRANTED, limits.take("k1"));
    assertEquals(new Allowance.Refused(Duration.ofMillis(500)), limits.take("k1"));
    assertEquals(GRANTED, limits.take("k2"));
  }

  @Test
  void grantsOneMoreInEachInterval() {
    limits.take("k1");
    limits.take("k1");

    clock.advance(Duration.ofMillis(500));

    assertEquals(GRANTED, limits.take("k1"));
    assertEquals(new Allowance.Refused(Duration.ofMillis(500)), limits.take("k1"));
  }

  @Test
  void remembersTheKeysThatWereGrantedLast() {
    limits.take("idle");
    limits.take("idle");
    for (int i = 1; i < KeyLimits.MAX_KEYS; i++) {
      limits.take("k" + i);
    }
    assertEquals(new Allowance.Refused(Duration.ofMillis(500)), limits.take("idle"));

    limits.take("one more");

    assertEquals(GRANTED, limits.take("idle"));
    assertEquals(GRANTED, limits.take("one more"));
    assertEquals(new Allowance.Refused(Duration.ofMillis(500)), limits.take("one more"));
  }
}

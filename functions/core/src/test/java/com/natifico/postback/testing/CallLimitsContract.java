package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.limit.Allowance;
import com.natifico.postback.limit.CallLimits;
import com.natifico.postback.limit.LimitedCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every {@link CallLimits}. */
public abstract class CallLimitsContract {
  private static final Allowance GRANTED = new Allowance.Granted();

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T14:03:09.25Z"));
  private final CallLimits limits = limits(clock);
  private final String affiliate = "a" + UUID.randomUUID();

  /** It may hold the buckets of other affiliates. */
  protected abstract CallLimits limits(InstantSource clock);

  private static Allowance refused(Duration wait) {
    return new Allowance.Refused(wait);
  }

  private void useUp(LimitedCall call) {
    for (int i = 0; i < call.rate().burst(); i++) {
      assertEquals(GRANTED, limits.take(affiliate, call));
    }
  }

  @ParameterizedTest
  @EnumSource(LimitedCall.class)
  void grantsABurstAndThenOneInEachInterval(LimitedCall call) {
    Duration interval = call.rate().interval();
    useUp(call);
    assertEquals(refused(interval), limits.take(affiliate, call));

    clock.advance(interval.minusMillis(1));
    assertEquals(refused(Duration.ofMillis(1)), limits.take(affiliate, call));

    clock.advance(Duration.ofMillis(1));
    assertEquals(GRANTED, limits.take(affiliate, call));
    assertEquals(refused(interval), limits.take(affiliate, call));
  }

  @Test
  void isFullAgainAfterAPauseAndHoldsNoMore() {
    useUp(LimitedCall.BULK_RESEND);
    clock.advance(Duration.ofMinutes(2));
    assertEquals(GRANTED, limits.take(affiliate, LimitedCall.BULK_RESEND));

    clock.advance(Duration.ofDays(3));
    useUp(LimitedCall.BULK_RESEND);
    assertEquals(refused(Duration.ofMinutes(1)), limits.take(affiliate, LimitedCall.BULK_RESEND));
  }

  @Test
  void countsEachKindOfRequestAndEachAffiliateAlone() {
    useUp(LimitedCall.BULK_RESEND);

    assertEquals(GRANTED, limits.take(affiliate, LimitedCall.BACKFILL));
    assertEquals(GRANTED, limits.take(affiliate + "1", LimitedCall.BULK_RESEND));
  }

  @Test
  void doesNotExceedTheBurstUnderConcurrency() throws Exception {
    long granted =
        Race.run(
                Collections.nCopies(
                    20, Race.of(() -> limits.take(affiliate, LimitedCall.TEST_CONVERSION))))
            .stream()
            .filter(GRANTED::equals)
            .count();

    assertEquals(LimitedCall.TEST_CONVERSION.rate().burst(), granted);
  }
}

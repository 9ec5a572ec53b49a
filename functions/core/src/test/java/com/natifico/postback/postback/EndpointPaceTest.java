package com.natifico.postback.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.postback.EndpointPace.Reservation;
import com.natifico.postback.testing.Samples;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointPaceTest {
  private static final Instant NOW = Samples.NOW;

  private static MaxRate max(String perSecond) {
    return new MaxRate(new BigDecimal(perSecond));
  }

  /** The pace right after the first refusal of an endpoint. */
  private static EndpointPace refused() {
    return EndpointPace.UNKNOWN.refused(null, null, NOW);
  }

  private static double rate(EndpointPace pace, Instant now) {
    return Objects.requireNonNull(pace.rate()).at(now);
  }

  /** Uses all slots until that time. */
  private static EndpointPace used(EndpointPace pace, Instant from, Instant until) {
    EndpointPace used = pace;
    for (Instant now = from; now.isBefore(until); now = now.plusMillis(500)) {
      used = used.reserve(10_000, null, now).pace();
    }
    return used;
  }

  @Test
  void limitsNothingWithoutARefusal() {
    Reservation all = EndpointPace.UNKNOWN.reserve(3, null, NOW);

    assertSame(EndpointPace.UNKNOWN, all.pace());
    assertEquals(List.of(NOW, NOW, NOW), all.slots());
  }

  @Test
  void spreadsRequestsOverTime() {
    Reservation reserved = EndpointPace.UNKNOWN.reserve(3, max("1"), NOW);

    assertEquals(List.of(NOW, NOW.plusSeconds(1)), reserved.slots());
    assertEquals(1, reserved.later().size());
    assertTrue(reserved.later().getFirst().isAfter(NOW.plusSeconds(1)));
  }

  @Test
  void reservesASecondAheadAtMost() {
    Reservation reserved = EndpointPace.UNKNOWN.reserve(1_000, max("50"), NOW);

    assertFalse(reserved.slots().getLast().isAfter(NOW.plusSeconds(1)));
    assertEquals(
        List.of(),
        reserved.pace().reserve(10, max("50"), NOW).slots(),
        "nothing is left of this second");
    assertEquals(
        1_000, reserved.slots().size() + reserved.later().size(), "each has a slot or a time");
  }

  @Test
  void invitesALittleMoreThanItCanTake() {
    List<Instant> later = EndpointPace.UNKNOWN.reserve(1_000, max("50"), NOW).later();

    Duration waits = Duration.between(later.getFirst(), later.getLast());
    double perSecond = later.size() / (waits.toMillis() / 1_000.0);
    assertEquals(62.5, perSecond, 0.1);
  }

  @Test
  void lets15MinutesPassAtMostUntilACallbackAsksAgain() {
    Reservation reserved = EndpointPace.UNKNOWN.reserve(10_000, max("1"), NOW);
    assertTrue(
        reserved.later().stream()
            .noneMatch(each -> each.isAfter(NOW.plus(Duration.ofMinutes(15)))));
  }

  @Test
  void startsSlowlyAfterTheFirstRefusalAndDoublesEveryThreeSeconds() {
    assertEquals(5, rate(refused(), NOW));
    assertEquals(10, rate(refused(), NOW.plusSeconds(3)));
    assertEquals(160, rate(refused(), NOW.plusSeconds(15)));
  }

  @Test
  void increasesByAConstantAmountAfterTheNextRefusal() {
    Instant refusedAt = NOW.plusSeconds(10);
    EndpointPace pace = used(refused(), NOW, refusedAt).refused(refusedAt, null, refusedAt);

    double base = rate(pace, refusedAt);
    double step = rate(pace, refusedAt.plusSeconds(1)) - base;
    assertTrue(base < 50, "less than before");
    assertTrue(step > 0, "increases");
    assertEquals(base + 20 * step, rate(pace, refusedAt.plusSeconds(20)), 0.001);
  }

  @Test
  void decreasesByAFactorWithEachRefusal() {
    Instant second = NOW.plusSeconds(10);
    EndpointPace before = used(refused(), NOW, second).refused(second, null, second);
    Instant third = second.plusSeconds(20);
    EndpointPace after = used(before, second, third).refused(third, null, third);

    assertEquals(0.85 * rate(before, third), rate(after, third), 0.01);
  }

  /** It answers 503 to some requests at any rate. */
  @Test
  void isNotLimitedFurtherByAnEndpointThatIsDown() {
    EndpointPace down = refused();
    EndpointPace busy = refused();
    Instant now = NOW;
    for (int i = 0; i < 20; i++) {
      Instant next = now.plusSeconds(5);
      down = used(down, now, next).overloaded(next, null, next);
      busy = used(busy, now, next).refused(next, null, next);
      now = next;
    }

    assertTrue(rate(down, now) >= 5, "not below the first rate");
    assertTrue(rate(busy, NOW.plusSeconds(100)) < 5, "429 decreases it further");
    EndpointPace last = busy;
    Instant later = now.plusSeconds(3);
    assertEquals(
        rate(last, later), rate(last.overloaded(later, null, later), later), 0.001, "nor raised");
  }

  @Test
  void countsOneOfTheRefusalsThatHaveOneCause() {
    EndpointPace pace = refused();

    assertSame(pace, pace.refused(null, null, NOW.plusSeconds(5)), "sent without a slot");
    assertSame(pace, pace.refused(NOW.plusSeconds(1), null, NOW.plusSeconds(5)), "sent too early");
  }

  @Test
  void doesNotTakeAnUnusedRateForTheOneThatWasRefused() {
    EndpointPace pace = refused().reserve(3, null, NOW).pace();
    Instant later = NOW.plusSeconds(60);

    assertTrue(rate(pace, later) > 1_000);
    assertTrue(rate(pace.refused(later, null, later), later) < 1);
  }

  @Test
  void endsAfterTenMinutesWithoutARefusal() {
    assertEquals(NOW.plusSeconds(600), refused().limitedUntil(NOW.plusSeconds(599)));
    assertNull(refused().limitedUntil(NOW.plusSeconds(600)));
    assertEquals(100, refused().reserve(100, null, NOW.plusSeconds(600)).slots().size());
  }

  @Test
  void sendsNothingBeforeTheTimeThatTheEndpointAskedFor() {
    Instant until = NOW.plusSeconds(30);
    EndpointPace pace = EndpointPace.UNKNOWN.refused(null, until, NOW);

    assertEquals(List.of(), pace.reserve(1, null, NOW.plusSeconds(28)).slots());
    assertEquals(List.of(until), pace.reserve(1, null, NOW.plusSeconds(29)).slots());
    assertSame(pace, pace.refused(null, until.plusMillis(100), NOW), "the same pause");
  }

  @Test
  void pausesFor15MinutesAtMost() {
    EndpointPace pace = EndpointPace.UNKNOWN.refused(null, NOW.plusSeconds(86_400), NOW);
    assertEquals(NOW.plus(Duration.ofMinutes(15)), pace.next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1", "1", "7.5", "50", "1000"})
  void keepsTheLimitInEveryWindowWhateverHappens(String perSecond) {
    for (int seed = 1; seed <= 20; seed++) {
      List<Instant> slots = random(seed, max(perSecond));
      double rate = Double.parseDouble(perSecond);
      for (int from = 0; from < slots.size(); from++) {
        for (int to : List.of(from + 1, from + 5, from + 60, slots.size() - 1)) {
          if (to > from && to < slots.size()) {
            double seconds = Duration.between(slots.get(from), slots.get(to)).toNanos() / 1e9;
            double allowed = rate * seconds + Math.max(1, rate);
            assertTrue(to - from <= allowed + 0.001, "seed " + seed + " from " + from);
          }
        }
      }
    }
  }

  /** The requests of a random history, in order. */
  private static List<Instant> random(int seed, @Nullable MaxRate max) {
    Random random = new Random(seed);
    List<Instant> sent = new ArrayList<>();
    EndpointPace pace = EndpointPace.UNKNOWN;
    Instant now = NOW;
    for (int i = 0; i < 300; i++) {
      now = now.plusMillis(random.nextInt(3) == 0 ? random.nextInt(20_000) : random.nextInt(50));
      if (random.nextInt(20) == 0) {
        Instant until = random.nextBoolean() ? now.plusSeconds(random.nextInt(5)) : null;
        pace = pace.refused(random.nextBoolean() ? now : null, until, now);
      }
      int wanted = 1 + random.nextInt(40);
      Reservation reserved = pace.reserve(wanted, max, now);
      assertEquals(wanted, reserved.slots().size() + reserved.later().size());
      for (Instant later : reserved.later()) {
        assertTrue(later.isAfter(now), "asks again later");
      }
      for (Instant slot : reserved.slots()) {
        // A slot of the past is used at once.
        sent.add(slot.isBefore(now) ? now : slot);
      }
      pace = reserved.pace();
    }
    return sent;
  }
}

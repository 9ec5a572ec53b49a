package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static com.natifico.postback.testing.ScriptedTransport.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryScheduleTest {
  private static final Instant NOW = Samples.NOW;

  /** No jitter: the random number is 0. */
  private static final RandomGenerator NONE = () -> 0;

  private final RetrySchedule schedule = RetrySchedule.parse("1m,5m");
  private final Delivery fresh = Delivery.unrecorded(Samples.callback("c-1", "p1"));

  @Test
  void readsSecondsMinutesHoursAndDays() {
    assertEquals(
        List.of(
            Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofHours(3), Duration.ofDays(1)),
        RetrySchedule.parse("1s, 2m,3h ,1d").waits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "m", "1m,", "-1m", "1.5m", "1w", "9999999s"})
  void rejectsInvalidSchedules(String text) {
    assertThrows(IllegalArgumentException.class, () -> RetrySchedule.parse(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void retriesTemporaryErrors(int status) {
    assertEquals(NOW.plusSeconds(60), schedule.next(fresh, answer(status), NOW, NONE));
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"TIMEOUT", "DNS", "CONNECT", "TLS", "INVALID_RESPONSE"})
  void retriesNetworkErrors(Outcome outcome) {
    assertEquals(NOW.plusSeconds(60), schedule.next(fresh, failure(outcome), NOW, NONE));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 301, 410})
  void doesNotRetryPermanentErrors(int status) {
    assertNull(schedule.next(fresh, answer(status), NOW, NONE));
  }

  @ParameterizedTest(name = "{0} with Retry-After {1}: {2} s")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          429 | 120                             | 120
          503 | 120                             | 120
          503 | 90.2                            | 91
          429 | 30                              | 60
          500 | 120                             | 60
          429 | 0                               | 60
          429 | 172800                          | 86400
          429 | Mon, 02 Nov 2026 14:05:10 GMT   | 120.75
          429 | Mon, 02 Nov 2026 14:00:00 GMT   | 60
          429 | Monday, 02-Nov-26 14:05:10 GMT  | 120.75
          429 | Mon Nov  2 14:05:10 2026        | 120.75
          429 | soon                            | 60
          429 | -5                              | 60
          429 | ''                              | 60
          """)
  void neverRetriesBeforeRetryAfter(int status, String header, double seconds) {
    assertEquals(
        NOW.plusMillis((long) (seconds * 1000)),
        schedule.next(fresh, answer(status, header), NOW, NONE));
  }

  @Test
  void delaysRetriesByUpToAFifth() {
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      Instant next = schedule.next(fresh, answer(500), NOW, random);
      long millis = Duration.between(NOW, next).toMillis();
      assertEquals(true, millis >= 60_000 && millis <= 72_000, millis + " ms");
    }
  }
}

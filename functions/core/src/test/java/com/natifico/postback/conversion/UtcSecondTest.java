package com.natifico.postback.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcSecondTest {
  private static final long YEAR_10000 = 253_402_300_800L;

  @Property(tries = 500)
  void readsEverySecondAsTheFormatterDoes(
      @ForAll @LongRange(min = 0, max = YEAR_10000 - 1) long second) {
    String text = Instant.ofEpochSecond(second).toString();

    assertTrue(UtcSecond.is(text));
    assertEquals(OffsetDateTime.parse(text).toInstant(), UtcSecond.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T14:03:09Z",
        "2026-13-02T14:03:09Z",
        "2026-00-02T14:03:09Z",
        "2026-11-02T24:00:00Z",
        "2026-11-02T14:60:09Z",
        "2026-11-02T14:03:60Z"
      })
  void rejectsInvalidTimesAsTheFormatterDoes(String text) {
    assertTrue(UtcSecond.is(text));
    assertThrows(DateTimeException.class, () -> OffsetDateTime.parse(text));
    assertThrows(DateTimeException.class, () -> UtcSecond.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-02T14:03Z",
        "2026-11-02T14:03:09.5Z",
        "2026-11-02T14:03:09z",
        "2026-11-02T14:03+02:00",
        "2026-11-02T16:03:09+02:00",
        "2026-11-0\u0662T14:03:09Z"
      })
  void leavesOtherNotationsToTheFormatter(String text) {
    assertFalse(UtcSecond.is(text));
  }
}

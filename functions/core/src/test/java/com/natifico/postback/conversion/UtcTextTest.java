package com.natifico.postback.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The digit-by-digit output equals that of the JDK's formatter. */
final class UtcTextTest {
  @Property(tries = 500)
  void writesEveryTimeAsTheFormatterDoes(
      @ForAll @LongRange(min = -70_000_000_000L, max = 300_000_000_000L) long second) {
    assertSameAsFormatter(Instant.ofEpochSecond(second, 999_999_999));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "9999-12-31T23:59:59.999999999Z",
        "+10000-01-01T00:00:00Z",
        "-0044-03-15T12:00:00Z",
        "2024-02-29T09:05:01Z",
        "1969-12-31T23:59:59Z"
      })
  void writesTheEdgesAsTheFormatterDoes(String instant) {
    assertSameAsFormatter(Instant.parse(instant));
  }

  private static void assertSameAsFormatter(Instant instant) {
    assertEquals(format("yyyy-MM-dd HH:mm:ss", instant), UtcText.dateTime(instant));
    assertEquals(format("yyyy-MM-dd", instant), UtcText.date(instant));
    assertEquals(format("HH:mm:ss", instant), UtcText.time(instant));
  }

  private static String format(String pattern, Instant instant) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(instant);
  }
}

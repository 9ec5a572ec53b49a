package com.natifico.postback.contract.input;

import com.natifico.postback.conversion.UtcSecond;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * The notations of a time in a push: ISO 8601 with an offset, the form of {@code {date}} in UTC,
 * and seconds or milliseconds since 1970.
 */
final class PushedTime {
  /**
   * Numbers from here on are milliseconds: as seconds they would be after the year 5138, as
   * milliseconds they are after March 1973.
   */
  private static final long FIRST_MILLISECONDS = 100_000_000_000L;

  private static final int MAX_DIGITS = 15;

  private static final DateTimeFormatter DATE_MACRO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** The start of the year 10000, in seconds since 1970. */
  private static final long YEAR_10000 = 253_402_300_800L;

  private PushedTime() {}

  /**
   * @throws DateTimeException for any other text, and outside the years 1970 to 9999
   */
  static Instant parse(String text) {
    return requireRange(isNumber(text) ? sinceEpoch(Long.parseLong(text)) : ofText(text));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Instant sinceEpoch(long number) {
    return number < FIRST_MILLISECONDS
        ? Instant.ofEpochSecond(number)
        : Instant.ofEpochMilli(number);
  }

  private static Instant ofText(String text) {
    if (UtcSecond.is(text)) {
      return UtcSecond.parse(text);
    }
    return text.indexOf(' ') > 0
        ? LocalDateTime.parse(text, DATE_MACRO).toInstant(ZoneOffset.UTC)
        : OffsetDateTime.parse(text).toInstant();
  }

  /**
   * Checks that the year can be written with four digits.
   *
   * @throws DateTimeException outside the years 1970 to 9999
   */
  static Instant requireRange(Instant instant) {
    if (instant.getEpochSecond() < 0 || instant.getEpochSecond() >= YEAR_10000) {
      throw new DateTimeException("outside the years 1970 to 9999");
    }
    return instant;
  }
}

package com.natifico.postback.conversion;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as macros write them, in UTC. Written digit by digit, because a formatter takes longer for
 * three dates than the expansion of thirty other values.
 */
final class UtcText {
  private static final DateTimeFormatter ANY_YEAR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int DATE_LENGTH = "yyyy-MM-dd".length();
  private static final int CLOCK_LENGTH = "HH:mm:ss".length();
  private static final int SECONDS_PER_DAY = 86_400;

  private UtcText() {}

  /** {@code yyyy-MM-dd HH:mm:ss}. */
  static String dateTime(Instant instant) {
    LocalDate day = day(instant);
    if (hasOddYear(day)) {
      return ANY_YEAR.format(instant);
    }
    byte[] text = new byte[DATE_LENGTH + 1 + CLOCK_LENGTH];
    putDay(text, day);
    text[DATE_LENGTH] = ' ';
    putClock(text, DATE_LENGTH + 1, instant);
    return ascii(text);
  }

  /** {@code yyyy-MM-dd}. */
  static String date(Instant instant) {
    LocalDate day = day(instant);
    if (hasOddYear(day)) {
      String text = ANY_YEAR.format(instant);
      return text.substring(0, text.length() - 1 - CLOCK_LENGTH);
    }
    byte[] text = new byte[DATE_LENGTH];
    putDay(text, day);
    return ascii(text);
  }

  /** {@code HH:mm:ss}. */
  static String time(Instant instant) {
    byte[] text = new byte[CLOCK_LENGTH];
    putClock(text, 0, instant);
    return ascii(text);
  }

  /** Seconds since 1970. */
  static String unix(Instant instant) {
    return Long.toString(instant.getEpochSecond());
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofEpochDay(Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_DAY));
  }

  /** Whether the year does not have four digits. */
  private static boolean hasOddYear(LocalDate day) {
    return day.getYear() < 1 || day.getYear() > 9999;
  }

  private static void putDay(byte[] text, LocalDate day) {
    two(text, 0, day.getYear() / 100);
    two(text, 2, day.getYear() % 100);
    text[4] = '-';
    two(text, 5, day.getMonthValue());
    text[7] = '-';
    two(text, 8, day.getDayOfMonth());
  }

  private static void putClock(byte[] text, int at, Instant instant) {
    int second = Math.floorMod(instant.getEpochSecond(), SECONDS_PER_DAY);
    two(text, at, second / 3600);
    text[at + 2] = ':';
    two(text, at + 3, second / 60 % 60);
    text[at + 5] = ':';
    two(text, at + 6, second % 60);
  }

  private static void two(byte[] text, int at, int number) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }

  private static String ascii(byte[] text) {
    return new String(text, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}

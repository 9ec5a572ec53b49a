package com.natifico.postback.conversion;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as macros write them, in UTC: digit by digit, because a formatter takes longer for three
 * dates than the expansion for the thirty values around them.
 */
final class UtcText {
  private static final DateTimeFormatter ANY_YEAR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int TIME_LENGTH = " HH:mm:ss".length();

  private UtcText() {}

  /** {@code yyyy-MM-dd HH:mm:ss}. */
  static String dateTime(Instant instant) {
    LocalDateTime time = utc(instant);
    if (time.getYear() < 1 || time.getYear() > 9999) {
      return ANY_YEAR.format(instant);
    }
    byte[] text = new byte[19];
    two(text, 0, time.getYear() / 100);
    two(text, 2, time.getYear() % 100);
    text[4] = '-';
    two(text, 5, time.getMonthValue());
    text[7] = '-';
    two(text, 8, time.getDayOfMonth());
    text[10] = ' ';
    clock(text, 11, time);
    return ascii(text);
  }

  /** {@code yyyy-MM-dd}. */
  static String date(Instant instant) {
    String text = dateTime(instant);
    return text.substring(0, text.length() - TIME_LENGTH);
  }

  /** {@code HH:mm:ss}. */
  static String time(Instant instant) {
    byte[] text = new byte[8];
    clock(text, 0, utc(instant));
    return ascii(text);
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
  }

  private static void clock(byte[] text, int at, LocalDateTime time) {
    two(text, at, time.getHour());
    text[at + 2] = ':';
    two(text, at + 3, time.getMinute());
    text[at + 5] = ':';
    two(text, at + 6, time.getSecond());
  }

  private static void two(byte[] text, int at, int number) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }

  private static String ascii(byte[] text) {
    return new String(text, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}

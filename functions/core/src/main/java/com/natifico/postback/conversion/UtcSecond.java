package com.natifico.postback.conversion;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A time as most clients write it: {@code 2026-11-02T14:03:09Z}. Parsed digit by digit, because the
 * general formatter takes longer than the rest of a conversion.
 */
public final class UtcSecond {
  private static final String FORM = "0000-00-00T00:00:00Z";

  private UtcSecond() {}

  /** Whether the text has this form; the time may still be invalid, such as 25:00. */
  public static boolean is(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fits = FORM.charAt(i) == '0' ? c >= '0' && c <= '9' : c == FORM.charAt(i);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param text has this form
   * @throws java.time.DateTimeException if the time is invalid
   */
  public static Instant parse(String text) {
    return LocalDateTime.of(
            100 * two(text, 0) + two(text, 2),
            two(text, 5),
            two(text, 8),
            two(text, 11),
            two(text, 14),
            two(text, 17))
        .toInstant(ZoneOffset.UTC);
  }

  private static int two(String text, int at) {
    return 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
  }
}

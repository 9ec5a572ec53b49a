package com.natifico.postback.macro;

/**
 * Plain decimals: {@code -?[0-9]+(\.[0-9]+)?}, without the exponents that {@code BigDecimal}
 * accepts.
 */
final class Decimals {
  private Decimals() {}

  static boolean isPlain(String text) {
    int length = text.length();
    int i = text.startsWith("-") ? 1 : 0;
    int whole = digits(text, i);
    if (whole == i || whole == length) {
      return whole != i;
    }
    return text.charAt(whole) == '.' && whole + 1 < length && digits(text, whole + 1) == length;
  }

  /** The end of the digits that start here. */
  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}

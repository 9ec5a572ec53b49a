package com.natifico.postback.contract.input;

/** What a text or a number in a request may look like. */
final class Literals {
  /** The digits of a decimal before the dot; the next limit is for those after it. */
  private static final int MAX_WHOLE_DIGITS = 18;

  private static final int MAX_FRACTION_DIGITS = 8;

  private Literals() {}

  /** Whether it has only digits, perhaps after a minus. */
  static boolean isInteger(String literal) {
    return areDigits(literal, literal.startsWith("-") ? 1 : 0, literal.length(), literal.length());
  }

  /** Whether it is a plain decimal within the limits of digits. */
  static boolean isDecimal(String literal) {
    int start = literal.startsWith("-") ? 1 : 0;
    int dot = literal.indexOf('.');
    return dot < 0
        ? areDigits(literal, start, literal.length(), MAX_WHOLE_DIGITS)
        : areDigits(literal, start, dot, MAX_WHOLE_DIGITS)
            && areDigits(literal, dot + 1, literal.length(), MAX_FRACTION_DIGITS);
  }

  /** Whether there are only digits between these two, at least one and at most this many. */
  private static boolean areDigits(String text, int from, int to, int most) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return to > from && to - from <= most;
  }

  /** Whether it has no unpaired surrogates. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}

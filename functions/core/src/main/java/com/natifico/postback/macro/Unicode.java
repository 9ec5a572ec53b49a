package com.natifico.postback.macro;

/** Java's strings may hold halves of surrogate pairs, which no encoding has a place for. */
final class Unicode {
  /** What stands for a half of a pair. */
  static final char REPLACEMENT = '\uFFFD';

  private Unicode() {}

  /** The same text with every half of a pair replaced. */
  static String wellFormed(String text) {
    int i = 0;
    while (i < text.length() && !Character.isSurrogate(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints().map(Unicode::wellFormed).forEach(whole::appendCodePoint);
    return whole.toString();
  }

  static int wellFormed(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
        ? REPLACEMENT
        : codePoint;
  }
}

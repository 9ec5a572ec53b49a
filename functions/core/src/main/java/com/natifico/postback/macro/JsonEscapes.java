package com.natifico.postback.macro;

/** The escapes inside JSON strings (RFC 8259, section 7). */
public final class JsonEscapes {
  private static final String NAMES = "\"\\/bfnrt";
  private static final String CHARACTERS = "\"\\/\b\f\n\r\t";

  private JsonEscapes() {}

  /** The length of the escape that starts here; 0 if none does. */
  public static int length(String text, int at) {
    if (at + 1 >= text.length()) {
      return 0;
    }
    char c = text.charAt(at + 1);
    if (NAMES.indexOf(c) >= 0) {
      return 2;
    }
    if (c != 'u' || at + 5 >= text.length()) {
      return 0;
    }
    for (int i = at + 2; i < at + 6; i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) >= 128) {
        return 0;
      }
    }
    return 6;
  }

  /** The character of the escape that starts here. */
  public static char character(String text, int at) {
    char c = text.charAt(at + 1);
    return c == 'u'
        ? (char) Integer.parseInt(text, at + 2, at + 6, 16)
        : CHARACTERS.charAt(NAMES.indexOf(c));
  }
}

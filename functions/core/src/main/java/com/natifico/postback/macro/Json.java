package com.natifico.postback.macro;

import java.util.Arrays;

/** Values as JSON (RFC 8259). */
final class Json {
  private static final String HEX = "0123456789abcdef";

  /** All but what stands in a string as it is; beyond ASCII everything does. */
  private static final byte[] SPECIAL = special();

  private Json() {}

  /** The inside of a string. */
  static void appendEscaped(Output out, String value) {
    append(out, value, false);
  }

  /** The inside of a string that brings its own escapes: only what would break it is escaped. */
  static void appendRaw(Output out, String value) {
    append(out, value, true);
  }

  /** A whole string. */
  static void appendString(Output out, String value) {
    out.append('"');
    append(out, value, false);
    out.append('"');
  }

  /** A whole value: null for nothing, a number for a plain decimal, else a string. */
  static void appendNumber(Output out, String value) {
    if (value.isEmpty()) {
      out.append("null");
    } else if (Decimals.isPlain(value)) {
      appendDecimal(out, value);
    } else {
      appendString(out, value);
    }
  }

  /** A whole value: one that JSON knows without quotes as it is, else a string. */
  static void appendBare(Output out, String value) {
    if (value.equals("true") || value.equals("false") || value.equals("null")) {
      out.append(value);
    } else {
      appendNumber(out, value);
    }
  }

  /** A whole value: null for nothing, else a string. */
  static void appendText(Output out, String value) {
    if (value.isEmpty()) {
      out.append("null");
    } else {
      appendString(out, value);
    }
  }

  /** JSON takes no leading zeros; every other digit stays. */
  private static void appendDecimal(Output out, String value) {
    int from = 0;
    if (value.charAt(0) == '-') {
      out.append('-');
      from = 1;
    }
    while (from + 1 < value.length()
        && value.charAt(from) == '0'
        && value.charAt(from + 1) != '.') {
      from++;
    }
    out.append(value.substring(from));
  }

  private static void append(Output out, String value, boolean keepEscapes) {
    int i = out.appendWhile(SPECIAL, value, 0);
    while (i < value.length()) {
      char c = value.charAt(i);
      if (c >= 128) {
        i += out.appendCodePoint(value, i);
      } else if (keepEscapes && c == '\\' && escape(value, i) > 0) {
        int end = i + escape(value, i);
        out.append(value.substring(i, end));
        i = end;
      } else {
        appendEscape(out, c);
        i++;
      }
      i = out.appendWhile(SPECIAL, value, i);
    }
  }

  private static void appendEscape(Output out, char c) {
    out.append('\\');
    switch (c) {
      case '\n' -> out.append('n');
      case '\r' -> out.append('r');
      case '\t' -> out.append('t');
      case '"', '\\' -> out.append(c);
      default -> {
        out.append("u00");
        out.append(HEX.charAt(c >> 4));
        out.append(HEX.charAt(c & 15));
      }
    }
  }

  private static byte[] special() {
    byte[] special = new byte[128];
    Arrays.fill(special, 0, ' ', (byte) 1);
    special['"'] = 1;
    special['\\'] = 1;
    return special;
  }

  /** The length of the escape that begins here, 0 if none does. */
  static int escape(String text, int at) {
    if (at + 1 >= text.length()) {
      return 0;
    }
    char c = text.charAt(at + 1);
    if ("\"\\/bfnrt".indexOf(c) >= 0) {
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
}

package com.natifico.postback.macro;

/** Values as JSON (RFC 8259). */
final class Json {
  private static final String HEX = "0123456789abcdef";

  private Json() {}

  /** The inside of a string. */
  static void appendEscaped(StringBuilder out, String value) {
    append(out, value, false);
  }

  /** The inside of a string that brings its own escapes: only what would break it is escaped. */
  static void appendRaw(StringBuilder out, String value) {
    append(out, value, true);
  }

  /** A whole string. */
  static void appendString(StringBuilder out, String value) {
    out.append('"');
    append(out, value, false);
    out.append('"');
  }

  /** A whole value: null for nothing, a number for a plain decimal, else a string. */
  static void appendNumber(StringBuilder out, String value) {
    if (value.isEmpty()) {
      out.append("null");
    } else if (Decimals.isPlain(value)) {
      appendDecimal(out, value);
    } else {
      appendString(out, value);
    }
  }

  /** A whole value: one that JSON knows without quotes as it is, else a string. */
  static void appendBare(StringBuilder out, String value) {
    if (value.equals("true") || value.equals("false") || value.equals("null")) {
      out.append(value);
    } else {
      appendNumber(out, value);
    }
  }

  /** A whole value: null for nothing, else a string. */
  static void appendText(StringBuilder out, String value) {
    if (value.isEmpty()) {
      out.append("null");
    } else {
      appendString(out, value);
    }
  }

  /** JSON takes no leading zeros; every other digit stays. */
  private static void appendDecimal(StringBuilder out, String value) {
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
    out.append(value, from, value.length());
  }

  private static void append(StringBuilder out, String value, boolean keepEscapes) {
    int length = value.length();
    int from = 0;
    int i = 0;
    while (i < length) {
      char c = value.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
        i++;
        continue;
      }
      int kept = c == '\\' && keepEscapes ? escape(value, i) : pair(value, i);
      if (kept > 0) {
        i += kept;
        continue;
      }
      out.append(value, from, i);
      appendEscape(out, c);
      i++;
      from = i;
    }
    out.append(value, from, length);
  }

  private static void appendEscape(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (Character.isSurrogate(c)) {
          out.append(Unicode.REPLACEMENT);
        } else {
          out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
      }
    }
  }

  /** The length of the surrogate pair that begins here, 0 if none does. */
  private static int pair(String value, int at) {
    return Character.isHighSurrogate(value.charAt(at))
            && at + 1 < value.length()
            && Character.isLowSurrogate(value.charAt(at + 1))
        ? 2
        : 0;
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

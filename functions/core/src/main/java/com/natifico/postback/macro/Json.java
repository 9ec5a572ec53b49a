package com.natifico.postback.macro;

import org.jspecify.annotations.Nullable;

/** Encodes values as JSON (RFC 8259). */
final class Json {
  private static final String HEX = "0123456789abcdef";

  /** Characters that need no escape in a string; beyond ASCII none does. */
  private static final Spelling RAW = new Spelling(unchanged());

  /** The same, and the characters with a short escape. */
  private static final Spelling ESCAPED = escaped();

  private static final byte[] NOTHING = {};

  private Json() {}

  /** Writes the inside of a string. */
  static void appendEscaped(Output out, String value) {
    append(out, NOTHING, value, ESCAPED);
  }

  /** The same after these bytes. */
  static void appendEscaped(Output out, byte[] before, String value) {
    append(out, before, value, ESCAPED);
  }

  /**
   * Writes the inside of a string that has its own escapes: only characters that would make it
   * invalid are escaped.
   */
  static void appendRaw(Output out, String value) {
    append(out, NOTHING, value, RAW);
  }

  /** Writes a complete string. */
  static void appendString(Output out, String value) {
    out.append('"');
    appendEscaped(out, value);
    out.append('"');
  }

  /**
   * Writes a complete value: null for a missing one, a number for a plain decimal, otherwise a
   * string.
   */
  static void appendNumber(Output out, String value) {
    if (value.isEmpty()) {
      out.append("null");
    } else if (Decimals.isPlain(value)) {
      appendDecimal(out, value);
    } else {
      appendString(out, value);
    }
  }

  /** Writes a complete value: unchanged if it is valid JSON without quotes, otherwise a string. */
  static void appendBare(Output out, String value) {
    if (value.equals("true") || value.equals("false") || value.equals("null")) {
      out.append(value);
    } else {
      appendNumber(out, value);
    }
  }

  /** Writes a complete value: null for a missing one, otherwise a string. */
  static void appendText(Output out, String value) {
    if (value.isEmpty()) {
      out.append("null");
    } else {
      appendString(out, value);
    }
  }

  /** JSON does not allow leading zeros; all other digits are kept. */
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

  private static void append(Output out, byte[] before, String value, Spelling spelling) {
    int i = out.append(before, spelling, value);
    while (i < value.length()) {
      char c = value.charAt(i);
      if (c >= 128) {
        i += out.appendCodePoint(value, i);
      } else {
        i += appendSpecial(out, value, i);
      }
      i = out.append(spelling, value, i);
    }
  }

  /**
   * Writes a character without a spelling, or the value's own escape if one starts here. Returns
   * the number of chars.
   */
  private static int appendSpecial(Output out, String value, int at) {
    char c = value.charAt(at);
    int own = c == '\\' ? JsonEscapes.length(value, at) : 0;
    if (own > 0) {
      out.append(value.substring(at, at + own));
      return own;
    }
    if (out.append(ESCAPED, value.substring(at, at + 1), 0) == 0) {
      out.append("\\u00");
      out.append(HEX.charAt(c >> 4));
      out.append(HEX.charAt(c & 15));
    }
    return 1;
  }

  private static @Nullable String[] unchanged() {
    StringBuilder characters = new StringBuilder();
    for (char c = ' '; c < 128; c++) {
      if (c != '"' && c != '\\') {
        characters.append(c);
      }
    }
    return Spelling.unchanged(characters.toString());
  }

  private static Spelling escaped() {
    @Nullable String[] texts = unchanged();
    texts['\n'] = "\\n";
    texts['\r'] = "\\r";
    texts['\t'] = "\\t";
    texts['"'] = "\\\"";
    texts['\\'] = "\\\\";
    return new Spelling(texts);
  }
}

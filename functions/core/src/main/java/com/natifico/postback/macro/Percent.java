package com.natifico.postback.macro;

/** Percent-encoding of UTF-8 (RFC 3986, section 2.1), driven by tables. */
final class Percent {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private static final String SUB_DELIMITERS = "!$&'()*+,;=";

  /** What {@link java.net.URI} takes in a path, and the mark of a query behind it. */
  private static final boolean[] PATH = table(UNRESERVED + SUB_DELIMITERS + ":@/?");

  /** What {@link java.net.URI} takes in a query: brackets too, as in {@code items[0]=x}. */
  private static final boolean[] QUERY = table(UNRESERVED + SUB_DELIMITERS + ":@/?[]");

  private static final boolean[] NOTHING_BUT_UNRESERVED = table(UNRESERVED);

  /** {@code %00} to {@code %FF}. */
  private static final String[] BYTES = bytes();

  private Percent() {}

  /** A value, all but the unreserved characters encoded. */
  static void append(StringBuilder out, String value) {
    append(out, value, NOTHING_BUT_UNRESERVED, false);
  }

  /** A text that brings its own encoding: only what cannot stand in a URL's path is encoded. */
  static void appendPath(StringBuilder out, String text) {
    append(out, text, PATH, true);
  }

  /** A text that brings its own encoding: only what cannot stand in a URL's query is encoded. */
  static void appendQuery(StringBuilder out, String text) {
    append(out, text, QUERY, true);
  }

  /** Whether {@code %XX} stands here. */
  static boolean isTriplet(String text, int at) {
    return at + 2 < text.length()
        && text.charAt(at) == '%'
        && isHex(text.charAt(at + 1))
        && isHex(text.charAt(at + 2));
  }

  private static void append(
      StringBuilder out, String text, boolean[] plain, boolean keepTriplets) {
    int length = text.length();
    int from = 0;
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      if ((c < 128 && plain[c]) || (keepTriplets && isTriplet(text, i))) {
        i++;
        continue;
      }
      out.append(text, from, i);
      i += appendEncoded(out, text, i);
      from = i;
    }
    if (from == 0) {
      out.append(text);
    } else {
      out.append(text, from, length);
    }
  }

  /** Encodes the code point that begins here; the number of chars it takes. */
  private static int appendEncoded(StringBuilder out, String text, int at) {
    int raw = text.codePointAt(at);
    int c = Unicode.wellFormed(raw);
    if (c < 0x80) {
      out.append(BYTES[c]);
    } else if (c < 0x800) {
      out.append(BYTES[0xC0 | c >> 6]);
      out.append(BYTES[0x80 | c & 0x3F]);
    } else if (c < 0x10000) {
      out.append(BYTES[0xE0 | c >> 12]);
      out.append(BYTES[0x80 | c >> 6 & 0x3F]);
      out.append(BYTES[0x80 | c & 0x3F]);
    } else {
      out.append(BYTES[0xF0 | c >> 18]);
      out.append(BYTES[0x80 | c >> 12 & 0x3F]);
      out.append(BYTES[0x80 | c >> 6 & 0x3F]);
      out.append(BYTES[0x80 | c & 0x3F]);
    }
    return Character.charCount(raw);
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean[] table(String plain) {
    boolean[] table = new boolean[128];
    for (int i = 0; i < plain.length(); i++) {
      table[plain.charAt(i)] = true;
    }
    return table;
  }

  private static String[] bytes() {
    String digits = "0123456789ABCDEF";
    String[] bytes = new String[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = "%" + digits.charAt(i >> 4) + digits.charAt(i & 15);
    }
    return bytes;
  }
}

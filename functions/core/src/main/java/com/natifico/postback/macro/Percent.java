package com.natifico.postback.macro;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encoding of UTF-8 (RFC 3986, section 2.1), driven by tables. */
final class Percent {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private static final String SUB_DELIMITERS = "!$&'()*+,;=";

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** All ASCII characters: the unreserved ones unchanged, the others as %XX. */
  private static final Spelling ENCODED = encoded();

  /**
   * The characters that {@link java.net.URI} accepts in a path, and the question mark before a
   * query.
   */
  private static final Spelling IN_PATH =
      new Spelling(Spelling.unchanged(UNRESERVED + SUB_DELIMITERS + ":@/?"));

  /**
   * The characters that {@link java.net.URI} accepts in a query: brackets too, as in {@code
   * items[0]=x}.
   */
  private static final Spelling IN_QUERY =
      new Spelling(Spelling.unchanged(UNRESERVED + SUB_DELIMITERS + ":@/?[]"));

  private static final byte[] NOTHING = {};

  private Percent() {}

  /** Writes a value in which all characters except the unreserved ones are encoded. */
  static void append(Output out, String value) {
    append(out, NOTHING, value);
  }

  /** The same after these bytes. */
  static void append(Output out, byte[] before, String value) {
    int i = out.append(before, ENCODED, value);
    while (i < value.length()) {
      i += appendEncoded(out, value, i);
      i = out.append(ENCODED, value, i);
    }
  }

  /**
   * Writes a text that is already encoded: only characters that are invalid in a URL's path are
   * encoded.
   */
  static void appendPath(Output out, String text) {
    appendRaw(out, text, IN_PATH);
  }

  /**
   * Writes a text that is already encoded: only characters that are invalid in a URL's query are
   * encoded.
   */
  static void appendQuery(Output out, String text) {
    appendRaw(out, text, IN_QUERY);
  }

  /** Whether the text has {@code %XX} here. */
  static boolean isTriplet(String text, int at) {
    return at + 2 < text.length()
        && text.charAt(at) == '%'
        && isHex(text.charAt(at + 1))
        && isHex(text.charAt(at + 2));
  }

  private static void appendRaw(Output out, String text, Spelling spelling) {
    int i = out.append(spelling, text, 0);
    while (i < text.length()) {
      if (isTriplet(text, i)) {
        out.append('%');
        i++;
      } else {
        i += appendEncoded(out, text, i);
      }
      i = out.append(spelling, text, i);
    }
  }

  /** Encodes the code point that starts here and returns its number of chars. */
  private static int appendEncoded(Output out, String text, int at) {
    int raw = text.codePointAt(at);
    int c = Output.wellFormed(raw);
    if (c < 0x80) {
      appendByte(out, c);
    } else {
      for (int shift = Output.lastShift(c); shift >= 0; shift -= 6) {
        appendByte(out, Output.utf8(c, shift));
      }
    }
    return Character.charCount(raw);
  }

  private static void appendByte(Output out, int b) {
    out.append('%', HEX[b >> 4], HEX[b & 15]);
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static Spelling encoded() {
    @Nullable String[] texts = Spelling.unchanged(UNRESERVED);
    for (int c = 0; c < texts.length; c++) {
      if (texts[c] == null) {
        texts[c] = "%" + (char) HEX[c >> 4] + (char) HEX[c & 15];
      }
    }
    return new Spelling(texts);
  }
}

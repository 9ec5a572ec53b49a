package com.natifico.postback.macro;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encoding of UTF-8 (RFC 3986, section 2.1), driven by tables. */
final class Percent {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private static final String SUB_DELIMITERS = "!$&'()*+,;=";

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** All of ASCII: the unreserved characters as they are, the others as %XX. */
  private static final Spelling ENCODED = encoded();

  /** What {@link java.net.URI} takes in a path, and the mark of a query behind it. */
  private static final Spelling IN_PATH =
      new Spelling(Spelling.asTheyAre(UNRESERVED + SUB_DELIMITERS + ":@/?"));

  /** What {@link java.net.URI} takes in a query: brackets too, as in {@code items[0]=x}. */
  private static final Spelling IN_QUERY =
      new Spelling(Spelling.asTheyAre(UNRESERVED + SUB_DELIMITERS + ":@/?[]"));

  private static final byte[] NOTHING = {};

  private Percent() {}

  /** A value, all but the unreserved characters encoded. */
  static void append(Output out, String value) {
    append(out, NOTHING, value);
  }

  /** The same behind these bytes. */
  static void append(Output out, byte[] before, String value) {
    int i = out.append(before, ENCODED, value);
    while (i < value.length()) {
      i += appendEncoded(out, value, i);
      i = out.append(ENCODED, value, i);
    }
  }

  /** A text that brings its own encoding: only what cannot stand in a URL's path is encoded. */
  static void appendPath(Output out, String text) {
    appendRaw(out, text, IN_PATH);
  }

  /** A text that brings its own encoding: only what cannot stand in a URL's query is encoded. */
  static void appendQuery(Output out, String text) {
    appendRaw(out, text, IN_QUERY);
  }

  /** Whether {@code %XX} stands here. */
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

  /** Encodes the code point that begins here; how many chars it takes. */
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
    @Nullable String[] texts = Spelling.asTheyAre(UNRESERVED);
    for (int c = 0; c < texts.length; c++) {
      if (texts[c] == null) {
        texts[c] = "%" + (char) HEX[c >> 4] + (char) HEX[c & 15];
      }
    }
    return new Spelling(texts);
  }
}

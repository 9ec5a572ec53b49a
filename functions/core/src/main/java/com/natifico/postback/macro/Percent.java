package com.natifico.postback.macro;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Percent-encoding of UTF-8 (RFC 3986, section 2.1), driven by tables. */
final class Percent {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private static final String SUB_DELIMITERS = "!$&'()*+,;=";

  private static final byte[] RESERVED = special(UNRESERVED);

  /** All but what {@link java.net.URI} takes in a path, and the mark of a query behind it. */
  private static final byte[] SPECIAL_IN_PATH = special(UNRESERVED + SUB_DELIMITERS + ":@/?");

  /** All but what {@link java.net.URI} takes in a query: brackets too, as in {@code items[0]=x}. */
  private static final byte[] SPECIAL_IN_QUERY = special(UNRESERVED + SUB_DELIMITERS + ":@/?[]");

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private Percent() {}

  /** A value, all but the unreserved characters encoded. */
  static void append(Output out, String value) {
    int i = out.appendWhile(RESERVED, value, 0);
    if (i < value.length()) {
      appendFrom(out, value, i);
    }
  }

  /** Straight into the array: what has one character to encode usually has more. */
  private static void appendFrom(Output out, String value, int from) {
    int i = from;
    int end = value.length();
    while (i < end) {
      byte[] to = out.room(3 * (end - i));
      int at = out.length();
      for (; i < end; i++) {
        char c = value.charAt(i);
        if (c > 127) {
          break;
        }
        if (RESERVED[c] == 0) {
          to[at++] = (byte) c;
        } else {
          to[at] = '%';
          to[at + 1] = HEX[c >> 4];
          to[at + 2] = HEX[c & 15];
          at += 3;
        }
      }
      out.filled(at);
      if (i < end) {
        i += appendEncoded(out, value, i);
      }
    }
  }

  /** A text that brings its own encoding: only what cannot stand in a URL's path is encoded. */
  static void appendPath(Output out, String text) {
    appendRaw(out, text, SPECIAL_IN_PATH);
  }

  /** A text that brings its own encoding: only what cannot stand in a URL's query is encoded. */
  static void appendQuery(Output out, String text) {
    appendRaw(out, text, SPECIAL_IN_QUERY);
  }

  /** Whether {@code %XX} stands here. */
  static boolean isTriplet(String text, int at) {
    return at + 2 < text.length()
        && text.charAt(at) == '%'
        && isHex(text.charAt(at + 1))
        && isHex(text.charAt(at + 2));
  }

  private static void appendRaw(Output out, String text, byte[] special) {
    int i = out.appendWhile(special, text, 0);
    while (i < text.length()) {
      if (isTriplet(text, i)) {
        out.append('%');
        i++;
      } else {
        i += appendEncoded(out, text, i);
      }
      i = out.appendWhile(special, text, i);
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

  private static byte[] special(String plain) {
    byte[] special = new byte[128];
    Arrays.fill(special, (byte) 1);
    for (int i = 0; i < plain.length(); i++) {
      special[plain.charAt(i)] = 0;
    }
    return special;
  }
}

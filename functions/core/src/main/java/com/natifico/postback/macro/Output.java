package com.natifico.postback.macro;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text in the making, as UTF-8: what callbacks consist of is mostly ASCII, which takes one store
 * a character, and no string in between. A half of a surrogate pair is written as U+FFFD. Not safe
 * for use by several threads.
 */
final class Output {
  /** What stands for a half of a pair. */
  private static final int REPLACEMENT = 0xFFFD;

  private static final byte[] NONE_SPECIAL = new byte[128];

  private byte[] bytes;
  private int length;

  /**
   * @param capacity how many bytes there will usually be
   */
  Output(int capacity) {
    bytes = new byte[capacity];
  }

  void append(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  /** One ASCII character, or a byte of another one. */
  void append(int b) {
    reserve(1);
    bytes[length++] = (byte) b;
  }

  /** Three at once. */
  void append(int first, int second, int third) {
    reserve(3);
    byte[] to = bytes;
    int at = length;
    to[at] = (byte) first;
    to[at + 1] = (byte) second;
    to[at + 2] = (byte) third;
    length = at + 3;
  }

  /** A text of any characters. */
  void append(String text) {
    int i = appendWhile(NONE_SPECIAL, text, 0);
    while (i < text.length()) {
      i += appendCodePoint(text, i);
      i = appendWhile(NONE_SPECIAL, text, i);
    }
  }

  /**
   * Appends characters from here on as long as the table lets them through.
   *
   * @param special for each of the 128 ASCII characters 0 if it may be written as it is
   * @return the first that is not appended, or the text's length
   */
  int appendWhile(byte[] special, String text, int from) {
    int end = text.length();
    reserve(end - from);
    byte[] to = bytes;
    int offset = length - from;
    int i = from;
    for (; i < end; i++) {
      char c = text.charAt(i);
      if (c > 127 || special[c] != 0) {
        break;
      }
      to[offset + i] = (byte) c;
    }
    length = offset + i;
    return i;
  }

  /** Appends the code point that begins here; how many chars it takes. */
  int appendCodePoint(String text, int at) {
    int raw = text.codePointAt(at);
    int c = wellFormed(raw);
    if (c < 0x80) {
      append(c);
    } else {
      for (int shift = lastShift(c); shift >= 0; shift -= 6) {
        append(utf8(c, shift));
      }
    }
    return Character.charCount(raw);
  }

  /** The code point itself, unless it is a half of a pair. */
  static int wellFormed(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
        ? REPLACEMENT
        : codePoint;
  }

  /** By how much a code point beyond ASCII is shifted for the first of its bytes. */
  static int lastShift(int codePoint) {
    if (codePoint < 0x800) {
      return 6;
    }
    return codePoint < 0x10000 ? 12 : 18;
  }

  /** The byte of a code point beyond ASCII that begins at this bit. */
  static int utf8(int codePoint, int shift) {
    int bits = codePoint >> shift;
    if (shift < lastShift(codePoint)) {
      return 0x80 | (bits & 0x3F);
    }
    return switch (shift) {
      case 6 -> 0xC0 | bits;
      case 12 -> 0xE0 | bits;
      default -> 0xF0 | bits;
    };
  }

  /**
   * The array itself, with room for so many more bytes behind {@link #length}; {@link #filled} says
   * how many there are then.
   */
  byte[] room(int more) {
    reserve(more);
    return bytes;
  }

  int length() {
    return length;
  }

  void filled(int newLength) {
    length = newLength;
  }

  void clear() {
    length = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** The text, if there is nothing but ASCII in it: saves looking through it once more. */
  String toAscii() {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}

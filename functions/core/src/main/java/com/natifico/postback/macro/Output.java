package com.natifico.postback.macro;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A buffer for text in UTF-8. Callbacks consist mostly of ASCII, which is written with one store
 * per character and without intermediate strings. An unpaired surrogate is written as U+FFFD. Not
 * safe for use by several threads.
 */
final class Output {
  /** Replaces an unpaired surrogate. */
  private static final int REPLACEMENT = 0xFFFD;

  /** All ASCII characters unchanged. */
  private static final Spelling PLAIN = plain();

  /** Writes four bytes at once, the lowest of the number first. */
  private static final VarHandle FOUR =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int length;

  /** The capacity that would have sufficed so far. */
  private int needed;

  /**
   * @param capacity the usual size of the text in bytes
   */
  Output(int capacity) {
    bytes = new byte[capacity];
    needed = capacity;
  }

  void append(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  /** Appends one ASCII character, or a byte of another character. */
  void append(int b) {
    reserve(1);
    bytes[length++] = (byte) b;
  }

  /** Appends three bytes at once. */
  void append(int first, int second, int third) {
    reserve(3);
    byte[] to = bytes;
    int at = length;
    to[at] = (byte) first;
    to[at + 1] = (byte) second;
    to[at + 2] = (byte) third;
    length = at + 3;
  }

  /** Appends a text of any characters. */
  void append(String text) {
    int i = append(PLAIN, text, 0);
    while (i < text.length()) {
      i += appendCodePoint(text, i);
      i = append(PLAIN, text, i);
    }
  }

  /**
   * Appends characters while they have a spelling.
   *
   * @return the position of the first that is not appended, or the text's length
   */
  int append(Spelling spelling, String text, int from) {
    reserve(spelling.maxLength * (text.length() - from) + Spelling.BYTES_WRITTEN);
    return put(spelling.packed, text, from, bytes, length);
  }

  /** The same from the start of the text, after these bytes, with one capacity check for both. */
  int append(byte[] before, Spelling spelling, String text) {
    reserve(before.length + spelling.maxLength * text.length() + Spelling.BYTES_WRITTEN);
    byte[] to = bytes;
    int at = length;
    System.arraycopy(before, 0, to, at, before.length);
    return put(spelling.packed, text, 0, to, at + before.length);
  }

  /**
   * Most of the time of an expansion is spent here, so a table replaces the branch for encoded
   * characters, and the loop uses no field.
   */
  private int put(int[] packed, String text, int from, byte[] to, int start) {
    int end = text.length();
    int at = start;
    int i = from;
    for (; i < end; i++) {
      char c = text.charAt(i);
      int spelled = c < packed.length ? packed[c] : 0;
      if (spelled == 0) {
        break;
      }
      FOUR.set(to, at, spelled);
      at += spelled >>> 24;
    }
    length = at;
    return i;
  }

  /** Appends the code point that starts here and returns its number of chars. */
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

  /** The code point itself, unless it is an unpaired surrogate. */
  static int wellFormed(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
        ? REPLACEMENT
        : codePoint;
  }

  /** By how many bits a code point beyond ASCII is shifted for its first byte. */
  static int lastShift(int codePoint) {
    if (codePoint < 0x800) {
      return 6;
    }
    return codePoint < 0x10000 ? 12 : 18;
  }

  /** The byte of a code point beyond ASCII that starts at this bit. */
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

  /** Replaces an ASCII character in the text from this position on. */
  void replaceFrom(int from, char replaced, String replacement) {
    for (int i = from; i < length; i++) {
      if (bytes[i] == replaced) {
        String rest = new String(bytes, from, length - from, StandardCharsets.UTF_8);
        length = from;
        append(rest.replace(String.valueOf(replaced), replacement));
        return;
      }
    }
  }

  /** The number of bytes written so far. */
  int length() {
    return length;
  }

  /** The capacity with which the buffer would not have had to grow. */
  int needed() {
    return needed;
  }

  void clear() {
    length = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** The text, which must consist only of ASCII; this avoids decoding it. */
  String toAscii() {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      grow(length + more);
    }
  }

  private void grow(int capacity) {
    needed = Math.max(needed, capacity);
    bytes = Arrays.copyOf(bytes, Math.max(capacity, 2 * bytes.length));
  }

  private static Spelling plain() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 128; c++) {
      all.append(c);
    }
    return new Spelling(Spelling.unchanged(all.toString()));
  }
}

package com.natifico.postback.macro;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The spelling of each ASCII character: itself, a text of two or three characters, or none, in
 * which case the caller must handle it. Characters beyond ASCII have no spelling.
 */
final class Spelling {
  /** The bytes of a spelling are written as one number, always this many of them. */
  static final int BYTES_WRITTEN = 4;

  private static final int ASCII = 128;
  private static final int MAX_LENGTH = 3;

  /**
   * For each character: the bytes, the first one lowest, and their number in the highest byte; 0
   * for no spelling. A field instead of a method, so that a loop over characters keeps it in a
   * register.
   */
  final int[] packed = new int[ASCII];

  /** The maximum number of bytes per character. */
  final int maxLength;

  /**
   * @param texts for all ASCII characters; null for no spelling
   */
  Spelling(@Nullable String[] texts) {
    int max = 1;
    for (int c = 0; c < ASCII; c++) {
      String text = texts[c];
      if (text != null) {
        packed[c] = packed(text);
        max = Math.max(max, text.length());
      }
    }
    maxLength = max;
  }

  /** Each of these characters as itself; no spelling for the others. */
  static @Nullable String[] unchanged(String characters) {
    @Nullable String[] texts = new String[ASCII];
    for (int i = 0; i < characters.length(); i++) {
      texts[characters.charAt(i)] = characters.substring(i, i + 1);
    }
    return texts;
  }

  private static int packed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
      throw new IllegalArgumentException("not a spelling: " + text);
    }
    int packed = bytes.length << 24;
    for (int i = 0; i < bytes.length; i++) {
      packed |= bytes[i] << (8 * i);
    }
    return packed;
  }
}

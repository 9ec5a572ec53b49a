package com.natifico.postback.macro;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How each ASCII character is written: as itself, as another text of two or three, or not at all,
 * so that whoever writes has to look at it. What lies beyond ASCII has no spelling.
 */
final class Spelling {
  /** A spelling's bytes are put at once; so many, whatever it needs of them. */
  static final int BYTES_PUT = 4;

  private static final int ASCII = 128;
  private static final int LONGEST = 3;

  /**
   * By character: the first byte lowest, how many there are in the highest; 0 for no spelling. A
   * field and not behind a method, because a loop over characters takes it into a register.
   */
  final int[] packed = new int[ASCII];

  /** How many bytes a character takes at most. */
  final int longest;

  /**
   * @param texts of all ASCII characters; null for no spelling
   */
  Spelling(@Nullable String[] texts) {
    int most = 1;
    for (int c = 0; c < ASCII; c++) {
      String text = texts[c];
      if (text != null) {
        packed[c] = packed(text);
        most = Math.max(most, text.length());
      }
    }
    longest = most;
  }

  /** Each of these characters as itself, and no other. */
  static @Nullable String[] asTheyAre(String characters) {
    @Nullable String[] texts = new String[ASCII];
    for (int i = 0; i < characters.length(); i++) {
      texts[characters.charAt(i)] = characters.substring(i, i + 1);
    }
    return texts;
  }

  private static int packed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length == 0 || bytes.length > LONGEST) {
      throw new IllegalArgumentException("no spelling: " + text);
    }
    int packed = bytes.length << 24;
    for (int i = 0; i < bytes.length; i++) {
      packed |= bytes[i] << (8 * i);
    }
    return packed;
  }
}

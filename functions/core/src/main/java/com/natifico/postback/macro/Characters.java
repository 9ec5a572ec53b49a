package com.natifico.postback.macro;

/** Characters that a reader does not see, or takes for others. */
final class Characters {
  /**
   * First and last code points that have the Unicode property Default_Ignorable_Code_Point
   * (DerivedCoreProperties.txt, Unicode 16), which Java's regular expressions do not know.
   */
  private static final int[][] INVISIBLE = {
    {0x00AD, 0x00AD},
    {0x034F, 0x034F},
    {0x061C, 0x061C},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x200B, 0x200F},
    {0x202A, 0x202E},
    {0x2060, 0x206F},
    {0x3164, 0x3164},
    {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFF8},
    {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF}
  };

  private Characters() {}

  static boolean isInvisible(int c) {
    for (int[] range : INVISIBLE) {
      if (c >= range[0] && c <= range[1]) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the character has a purpose after this one: the joiners and variation selectors of
   * emoji and of scripts other than Latin.
   */
  static boolean belongsTo(int before, int invisible) {
    boolean joins =
        invisible == 0x200C || invisible == 0x200D || (invisible >= 0xFE00 && invisible <= 0xFE0F);
    return joins && before >= 0x80;
  }

  static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Without blanks and invisible characters at the beginning and at the end. */
  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isTrimmed(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (from < to && isTrimmed(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static boolean isTrimmed(int c) {
    return isBlank(c) || isInvisible(c) || Character.isISOControl(c);
  }
}

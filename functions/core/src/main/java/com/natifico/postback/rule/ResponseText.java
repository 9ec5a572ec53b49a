package com.natifico.postback.rule;

import org.jspecify.annotations.Nullable;

/** A response as rules see it. Every question is answered in time proportional to the text. */
final class ResponseText {
  private final int status;
  private final String body;
  private @Nullable String folded;

  ResponseText(int status, String body) {
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  @Nullable String value(JsonPointer pointer) {
    return new JsonScan(body).value(pointer);
  }

  /** Whether the body contains this text, ignoring case. */
  boolean contains(String text) {
    if (folded == null) {
      folded = fold(body);
    }
    return contains(folded, fold(text));
  }

  /** The same folding as {@link String#equalsIgnoreCase}. */
  private static String fold(String text) {
    char[] folded = text.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      folded[i] = Character.toLowerCase(Character.toUpperCase(folded[i]));
    }
    return new String(folded);
  }

  /**
   * The search of Knuth, Morris and Pratt: {@link String#contains} needs time proportional to the
   * product of the lengths for texts such as {@code aaaab} in {@code aaaaaaaa}.
   */
  private static boolean contains(String text, String word) {
    int[] borders = borders(word);
    int matched = 0;
    for (int i = 0; i < text.length() && matched < word.length(); i++) {
      matched = next(word, borders, matched, text.charAt(i));
    }
    return matched == word.length();
  }

  /** For each prefix of the word, the length of the longest border of that prefix. */
  private static int[] borders(String word) {
    int[] borders = new int[word.length()];
    for (int i = 1; i < borders.length; i++) {
      borders[i] = next(word, borders, borders[i - 1], word.charAt(i));
    }
    return borders;
  }

  private static int next(String word, int[] borders, int matched, char c) {
    int length = matched;
    while (length > 0 && word.charAt(length) != c) {
      length = borders[length - 1];
    }
    return word.charAt(length) == c ? length + 1 : length;
  }
}

package com.natifico.postback.rule;

import org.jspecify.annotations.Nullable;

/** One HTTP status, or all that begin with the same digit. */
public record StatusRange(int first, int last) {
  /** The statuses of a condition that names none. */
  public static final StatusRange SUCCESS = new StatusRange(200, 299);

  /**
   * Reads {@code 404} or {@code 4xx}.
   *
   * @return null for any other text
   */
  public static @Nullable StatusRange find(String word) {
    if (!word.matches("[1-5]([0-9]{2}|xx)")) {
      return null;
    }
    int first = Integer.parseInt(word.replace("xx", "00"));
    return new StatusRange(first, word.endsWith("xx") ? first + 99 : first);
  }

  public boolean isSingle() {
    return first == last;
  }

  /** {@code 404} or {@code 4xx}. */
  public String word() {
    return isSingle() ? Integer.toString(first) : first / 100 + "xx";
  }

  boolean contains(int status) {
    return first <= status && status <= last;
  }
}

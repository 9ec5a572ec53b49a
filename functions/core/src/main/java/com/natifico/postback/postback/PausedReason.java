package com.natifico.postback.postback;

import java.util.Locale;

public enum PausedReason {
  BY_HAND,
  /** Its endpoint answered 410. */
  GONE,
  /** 20 consecutive failed attempts spread over at least 24 hours. */
  FAILING;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if the word is unknown
   */
  public static PausedReason ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

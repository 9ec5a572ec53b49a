package com.natifico.postback.postback;

import com.natifico.postback.Words;

public enum PausedReason {
  BY_HAND,
  /** Its endpoint answered 410. */
  GONE,
  /** 20 consecutive failed attempts spread over at least 24 hours. */
  FAILING;

  public String word() {
    return Words.word(this);
  }

  /**
   * @throws IllegalArgumentException for an unknown word
   */
  public static PausedReason of(String word) {
    return Words.of(PausedReason.class, word);
  }
}

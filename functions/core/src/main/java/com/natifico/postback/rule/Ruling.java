package com.natifico.postback.rule;

import com.natifico.postback.Words;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from a response that a rule matches. */
public enum Ruling {
  DELIVERED,
  /** The tracker understood the callback and refused it. No further attempt is made. */
  REJECTED,
  /** The callback is sent again on the schedule. */
  RETRY;

  /** The word in the HTTP contract. */
  public String word() {
    return Words.word(this);
  }

  /** Null for an unknown word. */
  public static @Nullable Ruling find(String word) {
    return Words.find(Ruling.class, word);
  }

  /**
   * @throws IllegalArgumentException for an unknown word
   */
  public static Ruling of(String word) {
    return Words.of(Ruling.class, word);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Ruling::word).toList();
  }
}

package com.natifico.postback.rule;

import com.natifico.postback.Words;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a tracker says about a callback. */
public enum Meaning {
  ACCEPTED,
  /** The tracker already has this conversion. */
  DUPLICATE,
  /** The tracker does not know the click id. */
  UNKNOWN_CLICK,
  /** A key, token or account in the request is wrong. */
  BAD_KEY,
  /** The offer, campaign or account is paused there. */
  PAUSED,
  /** The click or the conversion is older than the tracker accepts. */
  TOO_OLD,
  /** A value of the request is missing or wrong. */
  INVALID,
  OTHER;

  /** Whether it concerns a single conversion and does not mean that the postback is at fault. */
  public boolean concernsOneConversion() {
    return this == DUPLICATE || this == UNKNOWN_CLICK;
  }

  /** The word in the HTTP contract. */
  public String word() {
    return Words.word(this);
  }

  /** Null for an unknown word. */
  public static @Nullable Meaning find(String word) {
    return Words.find(Meaning.class, word);
  }

  /**
   * @throws IllegalArgumentException for an unknown word
   */
  public static Meaning of(String word) {
    return Words.of(Meaning.class, word);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Meaning::word).toList();
  }
}

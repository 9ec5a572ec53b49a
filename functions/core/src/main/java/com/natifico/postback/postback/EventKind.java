package com.natifico.postback.postback;

import com.natifico.postback.Words;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a postback, {@code events} of a notification in the HTTP contract. */
public enum EventKind {
  /** It was active and is paused. */
  PAUSED,
  /** It was paused and is active. */
  RESUMED,
  /** Several attempts in a row have failed. */
  FAILING,
  /** An attempt was successful after it was {@link #FAILING}. */
  RECOVERED,
  /** A callback is held because it is paused. */
  HELD,
  /** All attempts of a callback have failed. */
  EXHAUSTED;

  /** The name in JSON and in templates. */
  public String word() {
    return Words.word(this);
  }

  /** The type of the event's message on the topic. */
  public String type() {
    return "postback." + word();
  }

  /** Null for an unknown word. */
  public static @Nullable EventKind find(String word) {
    return Words.find(EventKind.class, word);
  }

  /**
   * @throws IllegalArgumentException for an unknown word
   */
  public static EventKind of(String word) {
    return Words.of(EventKind.class, word);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(EventKind::word).toList();
  }
}

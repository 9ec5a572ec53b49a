package com.natifico.postback.postback;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

public enum PostbackState {
  ACTIVE,
  /** Its callbacks are held, not sent. */
  PAUSED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this word, null if there is none. */
  public static @Nullable PostbackState of(String word) {
    for (PostbackState state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    return null;
  }

  public static List<String> words() {
    return List.of("active", "paused");
  }
}

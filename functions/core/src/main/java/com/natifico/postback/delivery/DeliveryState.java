package com.natifico.postback.delivery;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The state of a delivery, by which lists are filtered. */
public enum DeliveryState {
  /** On its way, no attempt yet. */
  PENDING,
  DELIVERED,
  /** Another attempt is to come. */
  RETRYING,
  FAILED,
  /** Not sent because its postback is paused; can be resent. */
  HELD;

  /** As it is written in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this word, null if there is none. */
  public static @Nullable DeliveryState of(String word) {
    for (DeliveryState state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    return null;
  }

  /** The states that lists can be asked for; a pending delivery is not in the lists yet. */
  public static List<String> listedWords() {
    return List.of("delivered", "retrying", "failed", "held");
  }

  /** Whether nothing more happens by itself. */
  public boolean isFinal() {
    return switch (this) {
      case DELIVERED, FAILED, HELD -> true;
      case PENDING, RETRYING -> false;
    };
  }
}

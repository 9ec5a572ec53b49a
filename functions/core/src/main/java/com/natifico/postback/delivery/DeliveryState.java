package com.natifico.postback.delivery;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The state of a delivery, by which lists are filtered. */
public enum DeliveryState {
  /** Accepted, without an attempt yet. */
  PENDING,
  DELIVERED,
  /** Another attempt will follow. */
  RETRYING,
  FAILED,
  /** Not sent because its postback is paused; can be resent. */
  HELD;

  /** The name in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with this name; null if there is none. */
  public static @Nullable DeliveryState of(String word) {
    for (DeliveryState state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    return null;
  }

  /** The states by which lists can be filtered; pending deliveries are not in lists. */
  public static List<String> listedWords() {
    return List.of("delivered", "retrying", "failed", "held");
  }

  /** Whether no further attempt follows without a resend. */
  public boolean isFinal() {
    return switch (this) {
      case DELIVERED, FAILED, HELD -> true;
      case PENDING, RETRYING -> false;
    };
  }
}

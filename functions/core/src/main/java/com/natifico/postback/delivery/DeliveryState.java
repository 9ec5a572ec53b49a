package com.natifico.postback.delivery;

import com.natifico.postback.Words;
import java.util.List;
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
  HELD,
  /** Not sent because a newer event had already been attempted; can be resent. */
  SUPERSEDED;

  /** The name in JSON. */
  public String word() {
    return Words.word(this);
  }

  /** Null for an unknown word. */
  public static @Nullable DeliveryState find(String word) {
    return Words.find(DeliveryState.class, word);
  }

  /**
   * @throws IllegalArgumentException for an unknown word
   */
  public static DeliveryState of(String word) {
    return Words.of(DeliveryState.class, word);
  }

  /** The states by which lists can be filtered; pending deliveries are not in lists. */
  public static List<String> listedWords() {
    return List.of("delivered", "retrying", "failed", "held", "superseded");
  }

  /** Whether no further attempt follows without a resend. */
  public boolean isFinal() {
    return switch (this) {
      case DELIVERED, FAILED, HELD, SUPERSEDED -> true;
      case PENDING, RETRYING -> false;
    };
  }
}

package com.natifico.postback.postback;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a postback fires. */
public sealed interface PostbackStatus {
  /** The words of the HTTP contract and the table. */
  List<String> WORDS = List.of("active", "paused");

  /**
   * @param failingSince when the first of the current failures was recorded; null after a success.
   *     Each change of the postback resets it.
   * @param circuit whether attempts are made; each change of the postback closes it
   * @param pacedUntil until when the endpoint is believed to take a limited number of requests, see
   *     {@link EndpointPace}; null if it has refused none. Each change of the postback resets it.
   */
  record Active(@Nullable Instant failingSince, Circuit circuit, @Nullable Instant pacedUntil)
      implements PostbackStatus {
    /** With a closed circuit and without a pace. */
    public Active(@Nullable Instant failingSince) {
      this(failingSince, Circuit.CLOSED);
    }

    /** Without a pace. */
    public Active(@Nullable Instant failingSince, Circuit circuit) {
      this(failingSince, circuit, null);
    }

    public Active withFailingSince(@Nullable Instant changed) {
      return new Active(changed, circuit, pacedUntil);
    }

    public Active withCircuit(Circuit changed) {
      return new Active(failingSince, changed, pacedUntil);
    }

    public Active withPacedUntil(Instant changed) {
      return new Active(failingSince, circuit, changed);
    }
  }

  /** Its callbacks are held and not sent. */
  record Paused(PausedReason reason) implements PostbackStatus {}

  /** Active, with no known failure. */
  static Active healthy() {
    return new Active(null);
  }

  default String word() {
    return switch (this) {
      case Active _ -> "active";
      case Paused _ -> "paused";
    };
  }
}

package com.natifico.postback.postback;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a postback fires. */
public sealed interface PostbackStatus {
  /** As the HTTP contract and the table write them. */
  List<String> WORDS = List.of("active", "paused");

  /**
   * @param failingSince when an attempt failed without a success since then, as far as it has been
   *     noticed; null while there is no failure. It belongs to one version: every change of the
   *     postback forgets it.
   */
  record Active(@Nullable Instant failingSince) implements PostbackStatus {}

  /** Its callbacks are held, not sent. */
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

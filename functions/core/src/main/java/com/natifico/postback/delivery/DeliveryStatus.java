package com.natifico.postback.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of a delivery, with the data that belongs to it.
 *
 * <p>{@code recordedBy} is the name of the message that made the last attempt ({@link
 * CallbackMessage#name}). If that message is received again, its worker may have crashed after it
 * stored the attempt, so the actions that follow the attempt are performed again. It is null if no
 * actions follow, and in rows that were stored before the name was.
 */
public sealed interface DeliveryStatus {
  /** No attempt has been recorded. */
  record Pending() implements DeliveryStatus {}

  /** Another attempt is due at that time. */
  record Retrying(Instant nextAttemptAt, @Nullable String recordedBy) implements DeliveryStatus {}

  record Delivered() implements DeliveryStatus {}

  /** The last attempt contains the reason. */
  record Failed(@Nullable String recordedBy) implements DeliveryStatus {}

  /** Failed for a reason other than an attempt. */
  record Unsent(UnsentReason reason) implements DeliveryStatus {}

  /** Not sent because the postback is paused. */
  record Held() implements DeliveryStatus {}

  /**
   * Not sent, because a newer event had already been attempted.
   *
   * @param by the id of that event
   */
  record Superseded(String by) implements DeliveryStatus {}

  /** The state that lists are filtered by. */
  default DeliveryState state() {
    return switch (this) {
      case Pending _ -> DeliveryState.PENDING;
      case Retrying _ -> DeliveryState.RETRYING;
      case Delivered _ -> DeliveryState.DELIVERED;
      case Failed _, Unsent _ -> DeliveryState.FAILED;
      case Held _ -> DeliveryState.HELD;
      case Superseded _ -> DeliveryState.SUPERSEDED;
    };
  }

  /**
   * The status of a stored delivery.
   *
   * @throws IllegalArgumentException if it lacks the data of its state: the time of the next
   *     attempt, or the event that superseded it
   */
  static DeliveryStatus stored(
      DeliveryState state,
      @Nullable Instant nextAttemptAt,
      @Nullable String recordedBy,
      @Nullable String reason,
      @Nullable String supersededBy) {
    return switch (state) {
      case PENDING -> new Pending();
      case RETRYING -> {
        if (nextAttemptAt == null) {
          throw new IllegalArgumentException("a retrying delivery without its next attempt's time");
        }
        yield new Retrying(nextAttemptAt, recordedBy);
      }
      case DELIVERED -> new Delivered();
      case FAILED -> reason == null ? new Failed(recordedBy) : new Unsent(UnsentReason.of(reason));
      case HELD -> new Held();
      case SUPERSEDED -> {
        if (supersededBy == null) {
          throw new IllegalArgumentException("a superseded delivery without the newer event");
        }
        yield new Superseded(supersededBy);
      }
    };
  }
}

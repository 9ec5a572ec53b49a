package com.natifico.postback.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one callback: one row of the delivery log. Every change is a new value with the next
 * revision, written on condition that the stored one is the revision before.
 *
 * @param nextAttemptAt null unless it is retrying
 * @param turn the only message that may make the next attempt, see {@link CallbackMessage#turn}
 * @param scheduleStart how many attempts had been made when the current schedule began: 0, or more
 *     after a resend
 * @param leasedUntil until when somebody is making an attempt, so that a second message does not;
 *     null if nobody is
 * @param reason why it failed or is held when no attempt says so, {@code postback_deleted}; else
 *     null
 * @param revision from 1; how often the row was written
 */
public record Delivery(
    Callback callback,
    DeliveryState state,
    List<Attempt> attempts,
    @Nullable Instant nextAttemptAt,
    int turn,
    int scheduleStart,
    @Nullable Instant leasedUntil,
    @Nullable String reason,
    int revision) {
  public Delivery {
    attempts = List.copyOf(attempts);
  }

  /** The row that is not there yet: pending, revision 0, to be derived from and never stored. */
  public static Delivery unrecorded(Callback callback) {
    return new Delivery(callback, DeliveryState.PENDING, List.of(), null, 0, 0, null, null, 0);
  }

  public String id() {
    return callback.deliveryId();
  }
}

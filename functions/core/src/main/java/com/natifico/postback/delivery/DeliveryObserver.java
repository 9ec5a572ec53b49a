package com.natifico.postback.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Observes the outcomes of deliveries, for logs and metrics. Implementations must not throw and are
 * called by several threads.
 */
public interface DeliveryObserver {
  /** Ignores all events. */
  DeliveryObserver NONE = new DeliveryObserver() {};

  /**
   * An attempt was made and recorded.
   *
   * @param untilFirst from the claim of the event to the start of this attempt, if it is the first
   *     one and was not deferred: the time that this service needed; otherwise null
   * @param untilNow from the claim of the event to the end of this attempt
   */
  default void attempted(Delivery recorded, @Nullable Duration untilFirst, Duration untilNow) {}

  /** No attempt was made, because the postback is paused. */
  default void held(Delivery recorded) {}

  /** No attempt was made, because a newer event had already been attempted. */
  default void superseded(Delivery recorded) {}

  /** A store was unavailable, and the message was enqueued again; nothing is lost. */
  default void backedOff(CallbackMessage message, RuntimeException cause) {}

  /**
   * No attempt was made, because this endpoint, or almost every endpoint, cannot be reached; or a
   * first attempt was made in the slow lane, to which its callback was sent when it was accepted.
   *
   * @param before the row before; its revision is 0 if a first attempt is deferred for the first
   *     time
   */
  default void deferred(Delivery before, Deferral.Cause cause) {}
}

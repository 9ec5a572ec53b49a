package com.natifico.postback.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Observes what becomes of deliveries, for logs and metrics. Nothing depends on it: it must not
 * throw, and is called by several threads.
 */
public interface DeliveryObserver {
  /** Ignores everything. */
  DeliveryObserver NONE = new DeliveryObserver() {};

  /**
   * An attempt was made and recorded.
   *
   * @param untilFirst from the claim of the event to the begin of this attempt, if it is the first
   *     one and was not deferred: the time that we took ourselves; otherwise null
   * @param untilNow from the claim of the event to the end of this attempt
   */
  default void attempted(Delivery recorded, @Nullable Duration untilFirst, Duration untilNow) {}

  /** No attempt was made, because the postback is paused. */
  default void held(Delivery recorded) {}

  /** A store refused what the message needs; it was enqueued again, and nothing is lost. */
  default void backedOff(CallbackMessage message, RuntimeException cause) {}

  /** No attempt was made, because the endpoint, or almost every endpoint, cannot be reached. */
  default void deferred(CallbackMessage message, Deferral.Cause cause) {}
}

package com.natifico.postback.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Observes what becomes of deliveries, for logs and metrics. Nothing depends on it: it must not
 * throw, and is called by several threads.
 */
public interface DeliveryObserver {
  /** Looks away. */
  DeliveryObserver NONE =
      new DeliveryObserver() {
        @Override
        public void attempted(
            Delivery recorded, @Nullable Duration untilFirst, Duration untilNow) {}

        @Override
        public void held(Delivery recorded) {}

        @Override
        public void backedOff(CallbackMessage message, RuntimeException cause) {}

        @Override
        public void deferred(CallbackMessage message, Deferral.Cause cause) {}
      };

  /**
   * An attempt was made and recorded.
   *
   * @param untilFirst from the claim of the event to the begin of this attempt, if it is the first
   *     one and was not deferred: the time that we took ourselves; otherwise null
   * @param untilNow from the claim of the event to the end of this attempt
   */
  void attempted(Delivery recorded, @Nullable Duration untilFirst, Duration untilNow);

  /** No attempt was made, because the postback is paused. */
  void held(Delivery recorded);

  /** A store refused what the message needs; it was enqueued again, and nothing is lost. */
  void backedOff(CallbackMessage message, RuntimeException cause);

  /** No attempt was made, because the endpoint, or almost every endpoint, cannot be reached. */
  void deferred(CallbackMessage message, Deferral.Cause cause);
}

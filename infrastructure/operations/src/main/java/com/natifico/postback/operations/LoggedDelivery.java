package com.natifico.postback.operations;

import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.FailedReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a row of the delivery log that reconciliation reads.
 *
 * @param isRejected whether it failed because an answer rule rejected it
 * @param nextAttemptAt null unless it is retrying
 */
record LoggedDelivery(
    String id,
    String conversionId,
    DeliveryState state,
    boolean isRejected,
    @Nullable Instant nextAttemptAt) {
  static LoggedDelivery of(Delivery delivery) {
    return new LoggedDelivery(
        delivery.id(),
        delivery.callback().conversionId(),
        delivery.state(),
        delivery.failedReason() == FailedReason.REJECTED,
        delivery.nextAttemptAt());
  }
}

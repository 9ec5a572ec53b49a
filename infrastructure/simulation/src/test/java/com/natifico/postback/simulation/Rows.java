package com.natifico.postback.simulation;

import com.natifico.postback.delivery.AttemptHistory;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryStatus;
import com.natifico.postback.delivery.WebhookId;
import java.time.Instant;

/** Copies of rows with one thing changed. */
final class Rows {
  private Rows() {}

  static Delivery dueAt(Delivery row, Instant next) {
    return new Delivery(
        row.callback(),
        new DeliveryStatus.Retrying(next, row.recordedBy()),
        row.history(),
        row.lease(),
        row.wakeAt(),
        row.revision());
  }

  static Delivery counted(Delivery row, int scheduleStart) {
    return new Delivery(
        row.callback(),
        row.status(),
        new AttemptHistory(
            row.attempts(),
            row.history().count(),
            scheduleStart,
            row.history().reason(),
            row.history().webhookId()),
        row.lease(),
        row.revision());
  }

  /** The row as if no resend had been forced. */
  static Delivery unforced(Delivery row) {
    AttemptHistory history = row.history();
    return new Delivery(
        row.callback(),
        row.status(),
        new AttemptHistory(
            history.attempts(),
            history.count(),
            history.scheduleStart(),
            history.reason(),
            new WebhookId.OfDelivery()),
        row.lease(),
        row.wakeAt(),
        row.revision());
  }

  static Delivery unleased(Delivery row) {
    return new Delivery(
        row.callback(), row.status(), row.history(), null, row.wakeAt(), row.revision());
  }

  /** The row without the time at which the timer looks at it. */
  static Delivery withoutWakeTime(Delivery row) {
    return new Delivery(
        row.callback(), row.status(), row.history(), row.lease(), null, row.revision());
  }
}

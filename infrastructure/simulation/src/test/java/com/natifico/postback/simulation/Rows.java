package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryStatus;
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
        row.revision());
  }

  static Delivery unleased(Delivery row) {
    return new Delivery(row.callback(), row.status(), row.history(), null, row.revision());
  }
}

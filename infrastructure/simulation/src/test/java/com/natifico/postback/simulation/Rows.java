package com.natifico.postback.simulation;

import com.natifico.postback.delivery.Delivery;
import java.time.Instant;

/** Copies of rows with one thing changed. */
final class Rows {
  private Rows() {}

  static Delivery dueAt(Delivery row, Instant next) {
    return new Delivery(
        row.callback(),
        row.state(),
        row.attempts(),
        next,
        row.scheduleStart(),
        row.leasedUntil(),
        row.recordedBy(),
        row.reason(),
        row.revision());
  }

  static Delivery unleased(Delivery row) {
    return new Delivery(
        row.callback(),
        row.state(),
        row.attempts(),
        row.nextAttemptAt(),
        row.scheduleStart(),
        null,
        row.recordedBy(),
        row.reason(),
        row.revision());
  }
}

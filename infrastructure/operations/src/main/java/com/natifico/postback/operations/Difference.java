package com.natifico.postback.operations;

import java.util.Locale;

/**
 * One callback whose tables do not agree, or that does not move; the runbook says what to do.
 *
 * @param detail for people
 */
record Difference(Kind kind, String deliveryId, String conversionId, String detail) {

  enum Kind {
    /** The event promises it, and the log has no row although it is old enough. */
    NO_ROW,
    /** The log has a row, and there is no such event. */
    NO_EVENT,
    /** The log has a row, and its event promises no callback to this postback. */
    NOT_PROMISED,
    /** A row that waits for its first attempt for too long. */
    STUCK_PENDING,
    /** Its next attempt is due for too long. */
    OVERDUE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return kind.word() + " " + deliveryId + " conversion " + conversionId + ": " + detail;
  }
}

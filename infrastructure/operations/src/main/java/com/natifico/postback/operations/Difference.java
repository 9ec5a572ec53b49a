package com.natifico.postback.operations;

import java.util.Locale;

/**
 * A callback about which the tables disagree, or that makes no progress; runbook/reconciliation.md
 * says what to do.
 *
 * @param detail a description for the operator
 */
record Difference(Kind kind, String deliveryId, String conversionId, String detail) {

  enum Kind {
    /** The event promises the callback, and the log still has no row after the allowed time. */
    NO_ROW,
    /** The log has a row whose event does not exist. */
    NO_EVENT,
    /** The log has a row whose event promises no callback to this postback. */
    NOT_PROMISED,
    /** A row has waited too long for its first attempt. */
    STUCK_PENDING,
    /** The next attempt is long overdue. */
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

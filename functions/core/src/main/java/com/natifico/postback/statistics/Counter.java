package com.natifico.postback.statistics;

import com.natifico.postback.Words;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.FailedReason;
import org.jspecify.annotations.Nullable;

/** What is counted. Every delivery that is not pending is in exactly one counter but the last. */
public enum Counter {
  DELIVERED,
  RETRYING,
  /** Failed for any reason except a rejection. */
  FAILED,
  /** The tracker understood the callback and refused it. */
  REJECTED,
  HELD,
  SUPERSEDED,
  /** The attempts of these deliveries, whatever their outcome. */
  ATTEMPTS;

  /** The name in JSON. */
  public String word() {
    return Words.word(this);
  }

  /** The counter of the delivery's state; null for a pending one. */
  static @Nullable Counter of(Delivery delivery) {
    return switch (delivery.state()) {
      case PENDING -> null;
      case DELIVERED -> DELIVERED;
      case RETRYING -> RETRYING;
      case FAILED -> delivery.failedReason() == FailedReason.REJECTED ? REJECTED : FAILED;
      case HELD -> HELD;
      case SUPERSEDED -> SUPERSEDED;
    };
  }
}

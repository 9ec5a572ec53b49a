package com.natifico.postback.delivery;

/** Why the current schedule of a delivery is followed. */
public enum SendReason {
  /** Its event was accepted, or an operator or a bulk request has resent it with others. */
  USUAL,

  /** A person has resent this delivery, so it is sent although a newer event was attempted. */
  BY_HAND;

  /** Whether the delivery is sent although a newer event has been attempted. */
  public boolean isEvenIfStale() {
    return this == BY_HAND;
  }
}

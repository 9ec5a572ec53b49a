package com.natifico.postback.endtoend.kills;

import com.natifico.postback.delivery.DeliveryState;

/** How an endpoint answers. */
enum Behaviour {
  WELL,
  /** Fails the first two attempts of each delivery and takes the next one. */
  RECOVERING,
  /** Takes connections and never answers, until its postback is paused behind the load. */
  HANGING,
  /** 410 to everything, so that its postback is paused. */
  GONE;

  /** Of each twenty endpoints: sixteen are well, two recover, one hangs, one is gone. */
  static final int EACH = 20;

  /**
   * @param hangs whether there are hanging ones at all; else they are well
   */
  static Behaviour of(int endpoint, boolean hangs) {
    return switch (endpoint % EACH) {
      case 4 -> hangs ? HANGING : WELL;
      case 9 -> GONE;
      case 14, 19 -> RECOVERING;
      default -> WELL;
    };
  }

  /** Whether a delivery to such an endpoint may end so. */
  boolean endsAs(DeliveryState state) {
    return switch (this) {
      case WELL, RECOVERING -> state == DeliveryState.DELIVERED;
      case HANGING, GONE -> state == DeliveryState.FAILED || state == DeliveryState.HELD;
    };
  }
}

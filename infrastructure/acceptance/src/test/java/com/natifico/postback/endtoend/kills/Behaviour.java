package com.natifico.postback.endtoend.kills;

import com.natifico.postback.delivery.DeliveryState;

/** How an endpoint responds. */
enum Behaviour {
  WELL,
  /** Fails the first two attempts of each delivery and accepts the third. */
  RECOVERING,
  /** Accepts connections and never responds, until its postback is paused after the load. */
  HANGING,
  /** Returns 410 to every request, so that its postback is paused. */
  GONE;

  /** Of each twenty endpoints, sixteen work, two recover, one hangs and one is gone. */
  static final int CYCLE = 20;

  /**
   * @param hangs whether hanging endpoints are included; otherwise they work
   */
  static Behaviour of(int endpoint, boolean hangs) {
    return switch (endpoint % CYCLE) {
      case 4 -> hangs ? HANGING : WELL;
      case 9 -> GONE;
      case 14, 19 -> RECOVERING;
      default -> WELL;
    };
  }

  /** Whether a delivery to such an endpoint may end in this state. */
  boolean endsAs(DeliveryState state) {
    return switch (this) {
      case WELL, RECOVERING -> state == DeliveryState.DELIVERED;
      case HANGING, GONE -> state == DeliveryState.FAILED || state == DeliveryState.HELD;
    };
  }
}

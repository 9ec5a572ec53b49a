package com.natifico.postback.delivery;

/** Where a delivery is laid when its endpoint never took it: the endpoint's fault, never ours. */
public interface DeadLetterQueue {
  /**
   * Puts the delivery there with its whole story.
   *
   * @throws RuntimeException if the queue did not take it; then nothing may be acknowledged
   */
  void send(Delivery delivery);
}

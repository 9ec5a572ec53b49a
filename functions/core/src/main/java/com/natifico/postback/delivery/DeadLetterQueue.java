package com.natifico.postback.delivery;

/** Takes deliveries that failed because of their endpoint, never because of us. */
public interface DeadLetterQueue {
  /**
   * Puts the delivery there with all of its attempts.
   *
   * @throws RuntimeException if the queue did not take it; then the caller must not delete its
   *     message
   */
  void send(Delivery delivery);
}

package com.natifico.postback.delivery;

/**
 * The queue for deliveries that failed because of their endpoint, never because of this service.
 */
public interface DeadLetterQueue {
  /**
   * Enqueues the delivery with all of its attempts.
   *
   * @throws RuntimeException if the delivery was not enqueued; the caller must then not delete its
   *     message
   */
  void send(Delivery delivery);
}

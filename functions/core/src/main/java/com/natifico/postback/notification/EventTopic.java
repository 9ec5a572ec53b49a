package com.natifico.postback.notification;

import java.time.Instant;

/** Where messages are published. */
public interface EventTopic {
  /**
   * Publishes a message. It may be called again with the same message if the first call's success
   * was not recorded.
   *
   * @param at when it was decided to publish the message; the same each time
   * @throws RuntimeException if it may not have been published
   */
  void publish(EventMessage message, Instant at);
}

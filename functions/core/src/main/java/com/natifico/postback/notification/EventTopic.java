package com.natifico.postback.notification;

/** Where messages are published. */
public interface EventTopic {
  /**
   * Publishes a message. It may be called again with the same message if the first call's success
   * was not recorded.
   *
   * @throws RuntimeException if it may not have been published
   */
  void publish(EventMessage message);
}

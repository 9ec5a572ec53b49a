package com.natifico.postback.notification;

import java.time.Instant;
import java.util.List;

/** Publishes each message to several topics; one that refuses does not keep it from the others. */
public record EventTopics(List<EventTopic> topics) implements EventTopic {
  public EventTopics {
    topics = List.copyOf(topics);
  }

  @Override
  public void publish(EventMessage message, Instant at) {
    RuntimeException failure = null;
    for (EventTopic topic : topics) {
      try {
        topic.publish(message, at);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}

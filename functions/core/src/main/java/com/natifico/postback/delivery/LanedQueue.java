package com.natifico.postback.delivery;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sends the callbacks of slow endpoints to a queue of their own, whose workers serve no other
 * endpoint.
 *
 * @param usual for all other callbacks
 * @param slow see {@link CallbackMessage#isInSlowLane}
 */
public record LanedQueue(CallbackQueue usual, CallbackQueue slow) implements CallbackQueue {
  @Override
  public Set<String> send(List<CallbackMessage> messages) {
    if (messages.stream().noneMatch(CallbackMessage::isInSlowLane)) {
      return usual.send(messages);
    }
    Set<String> failed =
        new HashSet<>(slow.send(messages.stream().filter(CallbackMessage::isInSlowLane).toList()));
    List<CallbackMessage> others =
        messages.stream().filter(message -> !message.isInSlowLane()).toList();
    if (!others.isEmpty()) {
      failed.addAll(usual.send(others));
    }
    return failed;
  }
}

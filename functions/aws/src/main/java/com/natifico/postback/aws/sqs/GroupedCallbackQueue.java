package com.natifico.postback.aws.sqs;

import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sends the messages of several threads together. Safe for use by several threads. */
public final class GroupedCallbackQueue implements CallbackQueue {
  private final Grouping<CallbackMessage, Set<String>> groups;

  /**
   * @param wait the maximum time until a message is sent with fewer than nine others
   */
  public GroupedCallbackQueue(CallbackQueue queue, Duration wait) {
    this.groups = new Grouping<>(wait, queue::send);
  }

  @Override
  public Set<String> send(List<CallbackMessage> messages) {
    Set<String> ids =
        messages.stream()
            .map(message -> message.callback().deliveryId())
            .collect(Collectors.toCollection(HashSet::new));
    try {
      ids.retainAll(groups.send(messages));
    } catch (InterruptedException e) {
      // The messages may have been sent; a second one does no harm.
      Thread.currentThread().interrupt();
    }
    return ids;
  }
}

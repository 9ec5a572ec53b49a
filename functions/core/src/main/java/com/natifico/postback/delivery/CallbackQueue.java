package com.natifico.postback.delivery;

import java.util.List;
import java.util.Set;

/**
 * A queue of callbacks. It delivers at least once, in any order.
 *
 * <p>A message is delayed until it is due, at most 15 minutes at a time (SQS's DelaySeconds); a
 * worker that receives it earlier enqueues it again. Messages are grouped by endpoint, so that a
 * slow tracker delays only its own messages.
 */
public interface CallbackQueue {
  /**
   * Enqueues the messages.
   *
   * @return the delivery ids of the messages that were not enqueued; empty if all were. If the
   *     queue does not respond, none counts as enqueued
   */
  Set<String> send(List<CallbackMessage> messages);
}

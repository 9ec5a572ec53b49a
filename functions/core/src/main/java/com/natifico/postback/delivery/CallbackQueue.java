package com.natifico.postback.delivery;

import java.util.List;
import java.util.Set;

/**
 * A queue of callbacks. It delivers at least once, in any order.
 *
 * <p>A message is delayed until it is due, at most 15 minutes at a time (SQS's DelaySeconds); a
 * worker that receives it earlier enqueues it again. Messages are grouped by the host they go to,
 * so that one slow tracker delays only itself.
 */
public interface CallbackQueue {
  /**
   * Puts the messages on the queue.
   *
   * @return the delivery ids of those that the queue did not take, empty if it took all; a queue
   *     that does not answer counts as having taken none
   */
  Set<String> send(List<CallbackMessage> messages);
}

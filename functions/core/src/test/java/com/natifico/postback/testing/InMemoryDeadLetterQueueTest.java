package com.natifico.postback.testing;

import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import java.util.List;

final class InMemoryDeadLetterQueueTest extends DeadLetterQueueContract {
  private final InMemoryDeadLetterQueue queue = new InMemoryDeadLetterQueue();

  @Override
  protected DeadLetterQueue queue() {
    return queue;
  }

  @Override
  protected List<Delivery> receive() {
    return queue.messages();
  }
}

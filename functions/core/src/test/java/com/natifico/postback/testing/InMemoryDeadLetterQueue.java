package com.natifico.postback.testing;

import com.natifico.postback.Unavailable;
import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import java.util.ArrayList;
import java.util.List;

/** Thread-safe. */
public final class InMemoryDeadLetterQueue implements DeadLetterQueue {
  private final List<Delivery> letters = new ArrayList<>();
  private boolean refuses;

  @Override
  public synchronized void send(Delivery delivery) {
    if (refuses) {
      throw new Unavailable("the queue refuses messages", null);
    }
    letters.add(delivery);
  }

  /** Whether all messages are refused from now on. */
  public synchronized void refuse(boolean all) {
    refuses = all;
  }

  /** All messages, in order. */
  public synchronized List<Delivery> messages() {
    return List.copyOf(letters);
  }
}

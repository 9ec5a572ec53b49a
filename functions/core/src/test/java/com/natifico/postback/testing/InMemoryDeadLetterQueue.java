package com.natifico.postback.testing;

import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import java.util.ArrayList;
import java.util.List;

/** Thread-safe. */
public final class InMemoryDeadLetterQueue implements DeadLetterQueue {
  private final List<Delivery> letters = new ArrayList<>();

  @Override
  public synchronized void send(Delivery delivery) {
    letters.add(delivery);
  }

  /** All messages, in order. */
  public synchronized List<Delivery> messages() {
    return List.copyOf(letters);
  }
}

package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of every {@link DeadLetterQueue}. */
public abstract class DeadLetterQueueContract {
  /** The same queue throughout a test, empty at its start. */
  protected abstract DeadLetterQueue queue();

  /** Receives all messages. */
  protected abstract List<Delivery> receive();

  @Test
  void keepsTheCompleteDelivery() {
    Delivery delivery =
        Samples.delivery(
            Samples.callback("c1", "p1"),
            DeliveryState.FAILED,
            List.of(
                Samples.attempt(1, Outcome.HTTP_ERROR), Samples.attempt(2, Outcome.HTTP_ERROR)));
    queue().send(delivery);
    assertEquals(List.of(delivery), receive());
  }
}

package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link DeadLetterQueue} does. */
public abstract class DeadLetterQueueContract {
  /** The same one throughout a test, empty at its beginning. */
  protected abstract DeadLetterQueue queue();

  /** Takes off what is there. */
  protected abstract List<Delivery> receive();

  @Test
  void keepsTheWholeStory() {
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

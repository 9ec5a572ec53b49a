package com.natifico.postback.simulation;

import com.natifico.postback.aws.sqs.DeadLetterCodec;
import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import java.time.Duration;

/** The port on a simulated queue, with the message format of a real one. */
final class SimulatedDeadLetterQueue implements DeadLetterQueue {
  private final SimulatedQueue queue;

  SimulatedDeadLetterQueue(SimulatedQueue queue) {
    this.queue = queue;
  }

  @Override
  public void send(Delivery delivery) {
    queue.send(DeadLetterCodec.encode(delivery), Duration.ZERO);
  }
}

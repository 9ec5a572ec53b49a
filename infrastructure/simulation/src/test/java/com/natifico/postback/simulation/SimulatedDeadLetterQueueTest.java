package com.natifico.postback.simulation;

import com.natifico.postback.aws.sqs.DeadLetterCodec;
import com.natifico.postback.delivery.DeadLetterQueue;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.testing.DeadLetterQueueContract;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The simulated queue honours the contract that ElasticMQ's does. */
final class SimulatedDeadLetterQueueTest extends DeadLetterQueueContract {
  private final SimulatedQueue engine =
      new SimulatedQueue(
          "letters",
          new SettableClock(Samples.NOW),
          new Random(1),
          SimulatedQueue.Mishaps.NONE,
          SimulatedQueue.VISIBILITY_TIMEOUT,
          Duration.ofDays(14),
          null);

  @Override
  protected DeadLetterQueue queue() {
    return new SimulatedDeadLetterQueue(engine);
  }

  @Override
  protected List<Delivery> receive() {
    return engine.takeAll().stream().map(DeadLetterCodec::decode).toList();
  }
}

package com.natifico.postback.simulation;

import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.testing.CallbackQueueContract;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** The simulated queue honours the contract that ElasticMQ's does. */
final class SimulatedCallbackQueueTest extends CallbackQueueContract {
  private final SettableClock clock = new SettableClock(Samples.NOW);
  private final SimulatedQueue engine =
      new SimulatedQueue(
          "callbacks",
          clock,
          new Random(1),
          SimulatedQueue.Mishaps.NONE,
          SimulatedQueue.VISIBILITY_TIMEOUT,
          Duration.ofDays(4),
          null);

  @Override
  protected CallbackQueue queue() {
    return new SimulatedCallbackQueue(engine, clock, () -> 0);
  }

  @Override
  protected Instant now() {
    return clock.instant();
  }

  @Override
  protected void advance(Duration by) {
    clock.advance(by);
  }

  @Override
  protected List<CallbackMessage> receive() {
    return engine.receive(10).stream()
        .map(
            received -> {
              engine.delete(received.messageId());
              return CallbackMessageCodec.decode(received.body());
            })
        .toList();
  }
}

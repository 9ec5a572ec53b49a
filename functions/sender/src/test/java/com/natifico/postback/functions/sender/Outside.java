package com.natifico.postback.functions.sender;

import com.natifico.postback.aws.metric.DeliveryReport;
import com.natifico.postback.aws.testing.CountedMetrics;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.FollowUp;
import com.natifico.postback.delivery.HealthWatch;
import com.natifico.postback.delivery.RetryPolicy;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Sender;
import com.natifico.postback.delivery.SenderStores;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.PostbackHealth;
import com.natifico.postback.testing.InMemoryCallbackQueue;
import com.natifico.postback.testing.InMemoryDeadLetterQueue;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryEventStore;
import com.natifico.postback.testing.InMemoryPaceStore;
import com.natifico.postback.testing.InMemoryPostbackHealth;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.InMemorySigningKeyStore;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A sender's stores and queues, in memory; the test provides the transport. */
final class Outside {
  final SettableClock clock = new SettableClock(Samples.NOW);
  final InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
  final InMemorySigningKeyStore signingKeys = new InMemorySigningKeyStore();
  final InMemoryDeliveryLog log = new InMemoryDeliveryLog();
  final InMemoryCallbackQueue retries = new InMemoryCallbackQueue(clock);
  final InMemoryDeadLetterQueue deadLetters = new InMemoryDeadLetterQueue();
  final CountedMetrics metrics = new CountedMetrics();
  final Sender sender;

  /** How long messages are hidden, by queue and receipt handle. */
  final Map<String, Duration> hidden = new ConcurrentHashMap<>();

  /** Without retries. */
  Outside(Transport transport) {
    this(transport, RetrySchedule.NONE);
  }

  Outside(Transport transport, RetrySchedule schedule) {
    this(transport, schedule, health -> health);
  }

  /**
   * @param health what happens at the postbacks' health
   */
  Outside(Transport transport, RetrySchedule schedule, UnaryOperator<PostbackHealth> health) {
    sender =
        new Sender(
            new SenderStores(log, postbacks, new InMemoryEventStore(), signingKeys.with(postbacks)),
            transport,
            new FollowUp(
                retries,
                deadLetters,
                new HealthWatch(
                    health.apply(new InMemoryPostbackHealth(postbacks)),
                    postbacks,
                    log,
                    (_, _) -> {})),
            new RetryPolicy(schedule, new Random(1)),
            clock,
            new DeliveryReport(metrics),
            InMemoryPaceStore.pacing(postbacks, clock::advance));
    postbacks.create(Samples.postback("p1", Samples.OFFER));
  }

  SenderComposition parts() {
    return new SenderComposition(
        sender, (queue, message, time) -> hidden.put(queue + " " + message, time), metrics);
  }

  /** The message for the first attempt of a conversion's callback. */
  static CallbackMessage message(String conversionId) {
    return Samples.message(
        Samples.callback(Samples.event(Samples.conversion(conversionId), Samples.NOW), "p1"));
  }
}

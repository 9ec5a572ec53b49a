package com.natifico.postback.functions.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.aws.dynamodb.DynamoDbDeliveryLog;
import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.aws.metric.Metrics;
import com.natifico.postback.aws.sqs.CallbackMessageCodec;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.aws.testing.TimeLeft;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.Timer;
import com.natifico.postback.testing.InMemoryCallbackQueue;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryWakeUps;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.SettableClock;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimerFunctionTest {
  private static final Instant DUE = Samples.NOW.plus(Duration.ofHours(1));

  private final SettableClock clock = new SettableClock(Samples.NOW);
  private final InMemoryDeliveryLog log = new InMemoryDeliveryLog();
  private final InMemoryWakeUps wakeUps = new InMemoryWakeUps(log);
  private final InMemoryCallbackQueue retries = new InMemoryCallbackQueue(clock);
  private final Map<Metric, Long> counted = new EnumMap<>(Metric.class);
  private final TimerFunction function =
      new TimerFunction(new TimerComposition(new Timer(wakeUps, retries, clock), counter(), clock));

  private Metrics counter() {
    return new Metrics() {
      @Override
      public void add(Metric metric, long value) {
        counted.merge(metric, value, Long::sum);
      }

      @Override
      public void flush() {}
    };
  }

  private static Delivery waiting(Instant due) {
    return Delivery.unrecorded(Samples.callback("c-1", "p1"))
        .retrying(Samples.attempt(1, Outcome.HTTP_ERROR), due, "1@" + Samples.NOW);
  }

  private void run(int milliseconds) {
    function.handleRequest(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        new TimeLeft(() -> milliseconds));
  }

  @Test
  void countsWhatItEnqueues() {
    log.save(waiting(DUE));
    run(50_000);
    assertEquals(Map.of(Metric.TIMER_COMPLETED, 1L, Metric.WOKEN, 0L, Metric.OVERDUE, 0L), counted);

    clock.advance(Duration.ofHours(1));
    wakeUps.complete(clock.instant().minusSeconds(120));
    run(50_000);
    assertEquals(Map.of(Metric.TIMER_COMPLETED, 2L, Metric.WOKEN, 1L, Metric.OVERDUE, 0L), counted);

    clock.advance(Duration.ofMinutes(6));
    wakeUps.complete(clock.instant().minusSeconds(120));
    run(50_000);
    assertEquals(Map.of(Metric.TIMER_COMPLETED, 3L, Metric.WOKEN, 1L, Metric.OVERDUE, 1L), counted);
  }

  @Test
  void doesNotCountARunThatIsBehind() {
    wakeUps.complete(Samples.NOW.minus(Duration.ofHours(9)));
    run(0);
    assertNull(counted.get(Metric.TIMER_COMPLETED));
    run(50_000);
    assertEquals(1, counted.get(Metric.TIMER_COMPLETED));
  }

  @Test
  void failsIfTheQueueRefuses() {
    log.save(waiting(Samples.NOW.plus(Duration.ofMinutes(20))));
    clock.advance(Duration.ofMinutes(19));
    wakeUps.complete(clock.instant().minusSeconds(60));
    retries.refuse(_ -> true);
    assertThrows(Timer.QueueRefuses.class, () -> run(50_000));
    assertEquals(Map.of(), counted);
  }

  /** On the real engines, with the names of template.yaml. */
  @Test
  void enqueuesWhatIsDue() {
    DynamoDbEngine tables = DynamoDbEngine.shared();
    SqsTestEngine queues = SqsTestEngine.shared();
    String table = tables.createDeliveriesTable();
    String queue = queues.createQueue();
    Map<String, String> variables = new HashMap<>(tables.environment());
    variables.putAll(queues.environment());
    variables.put("DELIVERIES_TABLE", table);
    variables.put("RETRY_QUEUE_URL", queue);
    Delivery row = waiting(InstantSource.system().instant().plusSeconds(1));
    new DynamoDbDeliveryLog(tables.client(), table, Duration.ofDays(90), new Random(1)).save(row);

    new TimerFunction(variables).run(new TimeLeft(() -> 50_000));

    List<String> sent =
        queues
            .client()
            .receiveMessage(receive -> receive.queueUrl(queue).waitTimeSeconds(5))
            .messages()
            .stream()
            .map(message -> CallbackMessageCodec.decode(message.body()))
            .map(message -> message.callback().deliveryId() + " " + message.attempt())
            .toList();
    assertEquals(List.of(row.id() + " 2"), sent);
  }
}

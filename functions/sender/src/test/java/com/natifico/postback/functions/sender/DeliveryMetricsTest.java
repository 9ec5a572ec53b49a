package com.natifico.postback.functions.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.aws.metric.Metric;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The metrics of deliveries that CloudWatch receives. */
final class DeliveryMetricsTest {
  private static final RetrySchedule ONE_RETRY = RetrySchedule.parse("1m");

  private static Outside outside(Outcome... outcomes) {
    var script = List.of(outcomes).iterator();
    return new Outside((_, _, _) -> new Transport.Answer(exchange(script.next())), ONE_RETRY);
  }

  private static Transport.Exchange exchange(Outcome outcome) {
    return outcome == Outcome.DELIVERED
        ? ScriptedTransport.answer(200)
        : ScriptedTransport.failure(outcome);
  }

  private static void attempt(Outside outside, int seconds) {
    outside.clock.advance(Duration.ofSeconds(seconds));
    outside.sender.handle(Outside.message("c-1"));
  }

  @Test
  void countsADeliveryAndItsTime() {
    Outside outside = outside(Outcome.DELIVERED);
    attempt(outside, 2);

    assertEquals(1, outside.metrics.sum(Metric.DELIVERED));
    assertEquals(List.of(2_000L), outside.metrics.values(Metric.ACCEPT_TO_DELIVERED));
    assertEquals(List.of(2_000L), outside.metrics.values(Metric.ACCEPT_TO_FIRST_ATTEMPT));
    assertEquals(0, outside.metrics.sum(Metric.FAILED));
  }

  @Test
  void doesNotCountARetryAsOurDelay() {
    Outside outside = outside(Outcome.CONNECT, Outcome.DELIVERED);
    attempt(outside, 1);
    outside.clock.advance(Duration.ofMinutes(2));
    outside.sender.handle(outside.retries.sent().getFirst());

    assertEquals(1, outside.metrics.sum(Metric.RETRIED));
    assertEquals(1, outside.metrics.sum(Metric.DELIVERED));
    assertEquals(List.of(1_000L), outside.metrics.values(Metric.ACCEPT_TO_FIRST_ATTEMPT));
    assertEquals(List.of(121_000L), outside.metrics.values(Metric.ACCEPT_TO_DELIVERED));
  }

  @Test
  void countsBlockedAttemptsAsFailedToo() {
    Outside outside = outside(Outcome.BLOCKED);
    attempt(outside, 1);

    assertEquals(1, outside.metrics.sum(Metric.BLOCKED));
    assertEquals(1, outside.metrics.sum(Metric.FAILED));
  }

  @Test
  void countsHeldCallbacks() {
    Outside outside = outside();
    outside.postbacks.replace(
        Samples.postback("p1", Samples.OFFER).paused(PausedReason.BY_HAND, Samples.NOW), 1);
    attempt(outside, 1);

    assertEquals(1, outside.metrics.sum(Metric.HELD));
    assertEquals(0, outside.metrics.sum(Metric.FAILED));
  }
}

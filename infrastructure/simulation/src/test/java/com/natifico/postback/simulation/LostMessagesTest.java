package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RetryQueue loses its messages, or the timer stops. Every retry is made without an operator. */
final class LostMessagesTest {
  private static final String HOST = "t1.example.com";

  /** The fifth attempt succeeds. */
  private static final int FAILURES = 4;

  private final List<Delivery> deliveries = new ArrayList<>();
  private int enqueued;

  private Verdict run(Conditions conditions, Scenario rest) {
    Scenario scenario =
        (cloud, outside) -> {
          for (int i = 0; i < 10; i++) {
            String host = i + "." + HOST;
            outside.given(Drafts.of("77", "pb" + i, null, host));
            cloud.trackers.describe(host, (nth, _) -> Reply.status(nth <= FAILURES ? 503 : 200));
          }
          outside.at(
              Duration.ofSeconds(1),
              () -> outside.push(new Pushed("77", "c1", "1", "approved", "1", "t1")));
          rest.prepare(cloud, outside);
          outside.at(Duration.ofDays(2), () -> readOut(cloud));
        };
    return Run.of(
            1,
            SimulationSettings.USUAL.with(conditions),
            scenario,
            Faults.NONE,
            Wiring.DEPLOYED,
            false)
        .verdict();
  }

  private void readOut(Cloud cloud) {
    enqueued =
        cloud.journal.effects().stream()
            .filter(effect -> effect.is("CallbackQueue", "send"))
            .mapToInt(effect -> ((List<?>) effect.arguments().getFirst()).size())
            .sum();
    deliveries.addAll(
        cloud
            .log
            .list("77", DeliveryFilter.ALL, DeliveryLog.Order.OLDEST_FIRST, null, 100)
            .items());
  }

  private void assertDelivered(Verdict verdict) {
    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(10, deliveries.size());
    Set<DeliveryState> states = new HashSet<>();
    deliveries.forEach(delivery -> states.add(delivery.state()));
    assertEquals(Set.of(DeliveryState.DELIVERED), states);
    assertEquals(10 * (FAILURES + 1), verdict.requests());
    assertEquals(0, verdict.duplicates());
  }

  /** When all messages of RetryQueue are deleted, in minutes after the push. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9, 20, 30, 85, 95})
  void replacesAllMessagesOfAPurgedQueue(int minutes) {
    Verdict verdict =
        run(
            Conditions.USUAL,
            (cloud, outside) -> outside.at(Duration.ofMinutes(minutes), cloud.retries::purge));

    assertDelivered(verdict);
  }

  @Test
  void makesTheRetriesOfAStoppedTimerWhenItRunsAgain() {
    Window stopped = Window.of(Duration.ofMinutes(40), Duration.ofHours(6));

    assertDelivered(
        run(Conditions.USUAL.with(Outage.TIMER_STOPPED, stopped), (cloud, outside) -> {}));

    Instant latest = stopped.until().plus(Duration.ofMinutes(3));
    for (Delivery delivery : deliveries) {
      Attempt last = delivery.attempts().getLast();
      assertTrue(last.at().isBefore(latest), delivery.toString());
    }
  }

  /** First attempts, three short retries with one more hop, and one that the timer enqueues. */
  @Test
  void enqueuesEachAttemptAboutOnce() {
    assertDelivered(run(Conditions.USUAL, (cloud, outside) -> {}));

    assertTrue(enqueued <= 10 * 6, "messages: " + enqueued);
  }

  @Test
  void waitsAsLongAsTheScheduleSays() {
    assertDelivered(run(Conditions.USUAL, (cloud, outside) -> {}));

    for (Delivery delivery : deliveries) {
      Attempt fourth = delivery.attempts().get(3);
      Duration wait = Duration.between(fourth.at(), delivery.attempts().get(4).at());
      assertTrue(wait.compareTo(Duration.ofHours(1)) >= 0, wait.toString());
      assertTrue(wait.compareTo(Duration.ofMinutes(73)) <= 0, wait.toString());
      assertTrue(fourth.at().isAfter(Samples.NOW));
    }
  }
}

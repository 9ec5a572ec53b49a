package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.DeliveryState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The queues delete messages after four days. Nothing is lost as long as they are read at least
 * that often.
 */
final class QueueRetentionTest {
  private static final String HOST = "t1.example.com";
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Pushed PUSHED = new Pushed("77", "c1", "1", "approved", "1", "t1");

  private static Verdict run(Window unpolled, String schedule, Scenario rest) {
    SimulationSettings settings =
        SimulationSettings.USUAL
            .withSchedule(schedule)
            .with(Conditions.USUAL.withUnpolled(unpolled));
    Scenario scenario =
        (cloud, outside) -> {
          outside.given(Drafts.of("77", "pb1", null, HOST));
          outside.at(SOON, () -> outside.push(PUSHED));
          rest.prepare(cloud, outside);
        };
    return Run.of(1, settings, scenario, Faults.NONE, Wiring.DEPLOYED, false).verdict();
  }

  @Test
  void losesNothingIfNothingReadsTheQueuesForLessThanFourDays() {
    Verdict verdict =
        run(Window.of(Duration.ZERO, Duration.ofHours(95)), "1m,5m", (cloud, outside) -> {});

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(1, verdict.requests());
  }

  @Test
  void losesAFirstAttemptAfterFourDaysWithoutAReader() {
    Verdict verdict =
        run(Window.of(Duration.ZERO, Duration.ofHours(97)), "1m,5m", (cloud, outside) -> {});

    assertEquals(1, verdict.lost().size(), verdict.toString());
    assertTrue(verdict.lost().getFirst().contains("is not in the log"), verdict.toString());
  }

  /** As the runbook on reconciliation says. */
  @Test
  void restoresALostFirstAttemptWhenTheConversionIsPushedAgain() {
    Verdict verdict =
        run(
            Window.of(Duration.ZERO, Duration.ofHours(97)),
            "1m,5m",
            (cloud, outside) -> outside.at(Duration.ofHours(98), () -> outside.push(PUSHED)));

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(1, verdict.requests());
  }

  /** As the runbook on reconciliation says. */
  @Test
  void restoresALostRetryWhenItIsResent() {
    Scenario failsOnce =
        (cloud, outside) ->
            cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 2 ? 503 : 200));
    Window unpolled = Window.of(Duration.ofSeconds(20), Duration.ofHours(97));

    assertEquals(1, run(unpolled, "1m,5m", failsOnce).lost().size());
    Verdict verdict =
        run(
            unpolled,
            "1m,5m",
            (cloud, outside) -> {
              failsOnce.prepare(cloud, outside);
              outside.at(
                  Duration.ofHours(98),
                  () -> outside.resend("77", row -> row.state() == DeliveryState.RETRYING));
            });
    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(2, verdict.requests());
  }

  /** Each wait is enqueued as new messages of at most 15 minutes, so none of them gets old. */
  @Test
  void keepsADeliveryThatWaitsForLongerThanTheRetention() {
    Verdict verdict =
        run(
            Window.NEVER,
            "120h",
            (cloud, outside) ->
                cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 2 ? 503 : 200)));

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(2, verdict.requests());
    assertEquals(List.of(), verdict.lost());
  }
}

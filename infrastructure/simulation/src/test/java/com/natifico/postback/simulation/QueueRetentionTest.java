package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The queues delete messages after 14 days. Nothing is lost as long as they are read at least that
 * often.
 */
final class QueueRetentionTest {
  private static final String HOST = "t1.example.com";
  private static final Duration ALMOST_14_DAYS = Duration.ofDays(14).minusHours(1);
  private static final Duration MORE_THAN_14_DAYS = Duration.ofDays(14).plusHours(1);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Pushed PUSHED = new Pushed("77", "c1", "1", "approved", "1", "t1");

  private static Verdict run(Window unpolled, String schedule, Scenario rest) {
    SimulationSettings settings =
        SimulationSettings.USUAL
            .withSchedule(schedule)
            .with(Conditions.USUAL.with(Outage.UNPOLLED, unpolled));
    Scenario scenario =
        (cloud, outside) -> {
          outside.given(Drafts.of("77", "pb1", null, HOST));
          outside.at(SOON, () -> outside.push(PUSHED));
          rest.prepare(cloud, outside);
        };
    return Run.of(1, settings, scenario, Faults.NONE, Wiring.DEPLOYED, false).verdict();
  }

  @Test
  void losesNothingIfNothingReadsTheQueuesForLessThan14Days() {
    Verdict verdict =
        run(Window.of(Duration.ZERO, ALMOST_14_DAYS), "1m,5m", (cloud, outside) -> {});

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(1, verdict.requests());
  }

  @Test
  void losesAFirstAttemptAfter14DaysWithoutAReader() {
    Verdict verdict =
        run(Window.of(Duration.ZERO, MORE_THAN_14_DAYS), "1m,5m", (cloud, outside) -> {});

    assertEquals(1, verdict.lost().size(), verdict.toString());
    assertTrue(verdict.lost().getFirst().contains("is not in the log"), verdict.toString());
  }

  /** As the runbook on reconciliation says. */
  @Test
  void restoresALostFirstAttemptWhenTheConversionIsPushedAgain() {
    Verdict verdict =
        run(
            Window.of(Duration.ZERO, MORE_THAN_14_DAYS),
            "1m,5m",
            (cloud, outside) ->
                outside.at(
                    MORE_THAN_14_DAYS.plus(Duration.ofHours(1)), () -> outside.push(PUSHED)));

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(1, verdict.requests());
  }

  /** The timer has enqueued another message on the eighth day. */
  @Test
  void losesNoRetryAfter14DaysWithoutAReader() {
    Verdict verdict =
        run(
            Window.of(Duration.ofSeconds(20), MORE_THAN_14_DAYS),
            "1m,5m",
            (cloud, outside) ->
                cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 2 ? 503 : 200)));

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(2, verdict.requests());
  }

  /** A wait without a message. */
  @Test
  void keepsADeliveryThatWaitsForLongerThanTheRetention() {
    Verdict verdict =
        run(
            Window.NEVER,
            "20d",
            (cloud, outside) ->
                cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 2 ? 503 : 200)));

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(2, verdict.requests());
    assertEquals(List.of(), verdict.lost());
  }
}

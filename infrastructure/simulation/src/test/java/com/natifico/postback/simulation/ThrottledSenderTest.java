package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lambda throttles the sender: messages are received and put back without an invocation. */
final class ThrottledSenderTest {
  private static final String HOST = "t1.example.com";

  /** The messages that wait in UnprocessedQueue before an operator moves them back. */
  private final List<String> unprocessed = new ArrayList<>();

  /**
   * Pushes at the beginning of the throttling and during it, to a tracker that fails twice.
   *
   * @return the verdict after an operator has moved back what was unprocessed
   */
  private Verdict run(Duration throttled, Wiring wiring) {
    SimulationSettings settings =
        SimulationSettings.USUAL
            .withSchedule("1m,5m")
            .with(Conditions.USUAL.with(Outage.THROTTLED, Window.of(Duration.ZERO, throttled)));
    Scenario scenario =
        (cloud, outside) -> {
          outside.given(Drafts.of("77", "pb1", null, HOST));
          cloud.trackers.describe(HOST, (nth, _) -> Reply.status(nth < 3 ? 503 : 200));
          for (int i = 0; i < 20; i++) {
            Pushed pushed = new Pushed("77", "c" + i, "1", "approved", "1", "t" + i);
            outside.at(throttled.multipliedBy(i).dividedBy(20), () -> outside.push(pushed));
          }
          outside.at(throttled.plusHours(1), () -> unprocessed.addAll(cloud.unprocessed.bodies()));
        };
    return Run.of(1, settings, scenario, Faults.NONE, wiring, false).verdict();
  }

  @Test
  void isHarmlessForTheFirst19Receives() {
    Verdict verdict = run(Duration.ofSeconds(19 * 45), Wiring.DEPLOYED);

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(20, verdict.deliveries());
    assertEquals(0, verdict.duplicates());
    assertEquals(List.of(), unprocessed);
  }

  /** Nothing is lost, but an operator must move the messages back. */
  @Test
  void movesMessagesToUnprocessedQueueIfItLastsLonger() {
    Verdict verdict = run(Duration.ofHours(2), Wiring.DEPLOYED);

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(20, verdict.deliveries());
    assertEquals(0, verdict.duplicates());
    assertTrue(unprocessed.size() > 15, unprocessed.size() + " messages");
  }

  @Test
  void wouldNotBeHarmlessWithFewerReceives() {
    Verdict verdict = run(Duration.ofSeconds(19 * 45), Mutation.GIVES_UP_AFTER_ONE_RECEIVE);

    assertTrue(
        verdict.violations().stream().anyMatch(what -> what.contains("short throttling")),
        verdict.toString());
    assertTrue(!unprocessed.isEmpty());
  }
}

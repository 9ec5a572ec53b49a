package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A burst meets provisioned tables: until their scaling has followed, DynamoDB refuses most writes.
 * The documentation says that scaling starts after two minutes of too much use; here it takes 20.
 */
final class ProvisionedBurstTest {
  private static final Duration BURST = Duration.ofMinutes(20);
  private static final int PUSHES = 200;

  /** The messages that wait for an operator. */
  private final List<String> unprocessed = new ArrayList<>();

  private int delivered;

  private Verdict run(Wiring wiring) {
    SimulationSettings settings =
        SimulationSettings.USUAL.with(
            Conditions.USUAL.with(Outage.UNSCALED, Window.of(Duration.ZERO, BURST)));
    Scenario scenario =
        (cloud, outside) -> {
          for (int i = 0; i < 5; i++) {
            outside.given(Drafts.of("a" + i, "pb" + i, null, "t" + i + ".example.com"));
          }
          for (int i = 0; i < PUSHES; i++) {
            Pushed pushed = new Pushed("a" + i % 5, "c" + i, "1", "approved", "1", "t" + i);
            outside.at(BURST.multipliedBy(i).dividedBy(PUSHES), () -> outside.push(pushed));
          }
          outside.at(
              BURST.plusMinutes(20),
              () -> {
                unprocessed.addAll(cloud.unprocessed.bodies());
                delivered = cloud.trackers.calls().size();
              });
        };
    return Run.of(1, settings, scenario, Faults.NONE, wiring, false).verdict();
  }

  @Test
  void isAcceptedAndDeliveredByItselfAndNothingTwice() {
    Verdict verdict = run(Wiring.DEPLOYED);

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(PUSHES, verdict.deliveries());
    assertEquals(0, verdict.duplicates());
    assertEquals(List.of(), unprocessed);
    assertEquals(PUSHES, delivered);
  }

  @Test
  void wouldSendTwiceIfARefusedRecordLedToAnotherRequest() {
    Verdict verdict = run(Mutation.REPEATS_WHAT_IT_CANNOT_RECORD);

    assertTrue(verdict.duplicates() > 0 || !verdict.isGood(), verdict.toString());
  }
}

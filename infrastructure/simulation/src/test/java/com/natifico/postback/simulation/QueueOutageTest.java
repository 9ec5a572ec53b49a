package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SQS refuses all messages for six hours. */
final class QueueOutageTest {
  private static final String HOST = "t1.example.com";
  private static final Window OUTAGE = Window.of(Duration.ofMinutes(10), Duration.ofHours(6));

  private static final Instant RECOVERED = OUTAGE.from().plus(Duration.ofMinutes(30));

  private static final Conditions BOTH =
      Conditions.USUAL.with(Outage.UNSENT, OUTAGE).with(Outage.UNSTORED, OUTAGE);

  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<String> unprocessed = new ArrayList<>();

  /** The numbers of final answers to pushes, at the end of the outage and afterwards. */
  private final List<Integer> answered = new ArrayList<>();

  /**
   * Pushes five conversions before the outage and five during it, to a tracker that fails until
   * half an hour after the outage began.
   */
  private Verdict run(Conditions conditions, Wiring wiring) {
    SimulationSettings settings =
        SimulationSettings.USUAL.withSchedule("1m,5m,15m,1h").with(conditions);
    Scenario scenario =
        (cloud, outside) -> {
          outside.given(Drafts.of("77", "pb1", null, HOST));
          cloud.trackers.describe(
              HOST, (_, now) -> Reply.status(now.isBefore(RECOVERED) ? 503 : 200));
          for (int i = 0; i < 10; i++) {
            Pushed pushed = new Pushed("77", "c" + i, "1", "approved", "1", "t" + i);
            Duration when =
                i < 5 ? Duration.ofSeconds(100L * i) : Duration.ofMinutes(20).multipliedBy(i - 4);
            outside.at(when, () -> outside.push(pushed));
          }
          outside.at(
              Duration.ofMinutes(9).plus(OUTAGE.length()),
              () -> answered.add(cloud.journal.pushes().size()));
          outside.at(Duration.ofHours(9), () -> readOut(cloud));
        };
    return Run.of(1, settings, scenario, Faults.NONE, wiring, false).verdict();
  }

  private void readOut(Cloud cloud) {
    answered.add(cloud.journal.pushes().size());
    unprocessed.addAll(cloud.unprocessed.bodies());
    deliveries.addAll(
        cloud
            .log
            .list("77", DeliveryFilter.ALL, DeliveryLog.Order.OLDEST_FIRST, null, 100)
            .items());
  }

  private Set<DeliveryState> states() {
    Set<DeliveryState> states = new HashSet<>();
    deliveries.forEach(delivery -> states.add(delivery.state()));
    return states;
  }

  /** All is accepted and delivered after the outage, once and without an operator. */
  private void assertDelaysEverything(Verdict verdict) {
    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(List.of(5, 10), answered);
    assertEquals(10, deliveries.size());
    assertEquals(Set.of(DeliveryState.DELIVERED), states());
    assertEquals(List.of(), unprocessed);
    assertEquals(0, verdict.duplicates());
  }

  /** Messages stay where they are, so no operator is needed. */
  @Test
  void delaysEverythingIfNothingCanBeReceivedEither() {
    Verdict verdict =
        run(
            Conditions.USUAL.with(Outage.UNSENT, OUTAGE).with(Outage.UNPOLLED, OUTAGE),
            Wiring.DEPLOYED);

    assertDelaysEverything(verdict);
  }

  /** Retries that cannot be enqueued are left to the timer, so no operator is needed. */
  @Test
  void delaysRetriesIfMessagesAreStillReceived() {
    Verdict verdict = run(Conditions.USUAL.with(Outage.UNSENT, OUTAGE), Wiring.DEPLOYED);

    assertDelaysEverything(verdict);
  }

  /**
   * What can neither be processed nor enqueued again is hidden for longer with each receive, so
   * that it is not received too often in six hours.
   */
  @Test
  void delaysEverythingIfDynamoDbRefusesAtTheSameTime() {
    Verdict verdict = run(BOTH, Wiring.DEPLOYED);

    assertDelaysEverything(verdict);
  }

  @Test
  void wouldNeedAnOperatorIfMessagesWereHiddenForTheUsualTime() {
    Wiring hidingNothing =
        new Wiring() {
          @Override
          public Ports sender(Ports ports) {
            return ports.withVisibility((_, _, _) -> {});
          }
        };

    run(BOTH, hidingNothing);

    assertFalse(unprocessed.isEmpty());
  }

  /** A conversion function that accepts what the queue has refused. */
  @Test
  void wouldLoseWhatIsAcceptedWithoutTheQueue() {
    Verdict verdict =
        run(
            Conditions.USUAL.with(Outage.UNSENT, OUTAGE).with(Outage.UNPOLLED, OUTAGE),
            Mutation.IGNORES_REFUSALS);

    assertEquals(5, verdict.lost().size(), verdict.toString());
  }
}

package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The stack's own network fails, and no endpoint can be reached for 26 hours: longer than the whole
 * schedule of a delivery, and longer than the failures after which a postback is paused. There are
 * twelve endpoints, because a worker recognises an outage by ten that it does not reach.
 */
final class UnreachableEndpointsTest {
  private static final Window OUTAGE = Window.of(Duration.ofMinutes(30), Duration.ofHours(26));

  /** Attempts that were made before the outage was recognised also wait for their schedule. */
  private static final Duration LATEST = Duration.ofMinutes(90);

  private static final int POSTBACKS_PER_AFFILIATE = 6;

  /** Of each affiliate. With fewer, one delivery has more attempts than its row keeps. */
  private static final int CONVERSIONS = 5;

  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Postback> postbacks = new ArrayList<>();
  private final List<String> deadLetters = new ArrayList<>();

  private Verdict run(Wiring wiring) {
    SimulationSettings settings =
        new SimulationSettings(
            RetrySchedule.parse("1m,5m,15m,1h"),
            Duration.ofSeconds(5),
            10,
            1,
            0,
            SimulatedQueue.Mishaps.NONE,
            Conditions.USUAL.with(Outage.UNREACHABLE, OUTAGE));
    Random random = new Random(1);
    Scenario scenario =
        (cloud, outside) -> {
          for (String affiliateId : OutsideWorld.AFFILIATES) {
            for (int i = 0; i < POSTBACKS_PER_AFFILIATE; i++) {
              String name = affiliateId + "-" + i;
              outside.given(Drafts.of(affiliateId, "pb" + name, null, "t" + name + ".example.com"));
            }
            for (int i = 0; i < CONVERSIONS; i++) {
              Pushed pushed = new Pushed(affiliateId, "c" + i, "1", "approved", "1", "t" + i);
              outside.at(
                  Duration.ofMinutes(31).plus(Duration.ofHours(2).multipliedBy(i)),
                  () -> outside.push(pushed));
            }
          }
          outside.at(Duration.ofHours(40), () -> readOut(cloud));
        };
    return Run.of(1, settings, scenario, Faults.random(random, 0.0005, 0.001), wiring, false)
        .verdict();
  }

  private void readOut(Cloud cloud) {
    for (String affiliateId : OutsideWorld.AFFILIATES) {
      deliveries.addAll(
          cloud
              .log
              .list(affiliateId, DeliveryFilter.ALL, DeliveryLog.Order.OLDEST_FIRST, null, 1_000)
              .items());
      postbacks.addAll(
          cloud
              .postbacks
              .list(affiliateId, new PostbackStore.ScopeFilter.All(), null, 100)
              .items());
    }
    deadLetters.addAll(cloud.deadLetters.bodies());
  }

  @Test
  void pausesNothingExhaustsNothingAndDeliversEverythingAfterwards() {
    Verdict verdict = run(Wiring.DEPLOYED);

    assertTrue(verdict.isGood(), verdict.toString());
    assertEquals(2 * POSTBACKS_PER_AFFILIATE * CONVERSIONS, deliveries.size());
    for (Delivery delivery : deliveries) {
      assertEquals(DeliveryState.DELIVERED, delivery.state(), delivery.toString());
      Instant at = delivery.attempts().getLast().at();
      assertTrue(at.isBefore(OUTAGE.until().plus(LATEST)), delivery.toString());
    }
    postbacks.forEach(postback -> assertFalse(postback.isPaused(), postback.toString()));
    assertEquals(List.of(), deadLetters);
  }

  /** A sender that takes each unreached endpoint for a fault of that endpoint. */
  @Test
  void wouldExhaustDeliveriesWithoutTheDetection() {
    run(
        new Wiring() {
          @Override
          public Ports sender(Ports ports) {
            return ports.with(reached(ports.transport()));
          }
        });

    assertTrue(deliveries.stream().anyMatch(each -> each.state() == DeliveryState.FAILED));
    assertFalse(deadLetters.isEmpty());
  }

  private static Transport reached(Transport transport) {
    return (request, headers, use) -> {
      Transport.Answer answer = transport.send(request, headers, use);
      Transport.Exchange exchange = answer.exchange();
      AttemptResult result = exchange.result();
      return result.outcome() == Outcome.DNS || result.outcome() == Outcome.CONNECT
          ? new Transport.Answer(
              new Transport.Exchange(
                  new AttemptResult(
                      Outcome.INVALID_RESPONSE,
                      null,
                      result.latency(),
                      result.responseSnippet(),
                      result.error()),
                  exchange.retryAfter()))
          : answer;
    };
  }
}

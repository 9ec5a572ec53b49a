package com.natifico.postback.delivery;

import static com.natifico.postback.testing.ScriptedTransport.answer;
import static com.natifico.postback.testing.ScriptedTransport.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The network, the NAT or the name server of the stack fails, and no endpoint can be reached. */
final class EgressOutageTest {
  private static final int AFFILIATES = 25;

  /** About the maximum lifetime of a Lambda environment; a new one has seen no attempts. */
  private static final Duration LIFE_OF_A_WORKER = Duration.ofHours(2);

  /** A delivery that was attempted before the outage was detected also waits for its schedule. */
  private static final Duration LATEST = Duration.ofMinutes(90);

  /** Messages that are due at about the same time are received together. */
  private static final Duration STEP = Duration.ofSeconds(20);

  private final World world = new World();
  private final Instant start = world.clock.instant();
  private final Map<Instant, ConversionEvent> events = new TreeMap<>();
  private final List<Deferral.Cause> deferrals = new ArrayList<>();
  private int requests;

  private static String postbackOf(int affiliate) {
    return "p" + affiliate;
  }

  private void givenPostbacks() {
    for (int i = 0; i < AFFILIATES; i++) {
      world.given(
          Samples.with(
              Samples.postback(Samples.AFFILIATE, postbackOf(i), "offer-" + i),
              RequestTemplate.get("https://t" + i + ".example.com/?cid={ref_id}")));
    }
  }

  private static Conversion conversion(String id, String offerId) {
    Conversion usual = Samples.conversion(id);
    return new Conversion(
        usual.identity(), offerId, usual.occurredAt(), usual.clickAt(), usual.fields());
  }

  private Sender worker(Transport transport) {
    return new Sender(
        new SenderStores(world.log, world.postbacks, world.events),
        transport,
        new FollowUp(
            world.retries,
            world.deadLetters,
            new HealthWatch(world.health, world.postbacks, world.log, (_, _) -> {})),
        new RetryPolicy(RetrySchedule.parse("1m,5m,15m,1h,4h,12h,24h"), new Random(3)),
        world.clock,
        new DeliveryObserver() {
          @Override
          public void deferred(Delivery before, Deferral.Cause cause) {
            deferrals.add(cause);
          }
        },
        world.newPacing());
  }

  /**
   * Pushes one conversion an hour for each affiliate during this time, then waits until no message
   * is left.
   */
  private void run(Transport transport, Duration pushing) {
    Instant workerEnds = start;
    Sender sender = worker(transport);
    Instant pushedUntil = start;
    while (true) {
      Instant now = world.clock.instant();
      if (!now.isBefore(workerEnds)) {
        sender = worker(transport);
        workerEnds = now.plus(LIFE_OF_A_WORKER);
      }
      while (!pushedUntil.isAfter(now) && pushedUntil.isBefore(start.plus(pushing))) {
        int number = events.size();
        events.put(
            pushedUntil.plusNanos(number),
            world.push(conversion("c-" + number, "offer-" + number % AFFILIATES)));
        pushedUntil = pushedUntil.plus(Duration.ofHours(1).dividedBy(AFFILIATES));
      }
      world.deliver(sender);
      Instant push = pushedUntil.isBefore(start.plus(pushing)) ? pushedUntil : null;
      Instant next =
          Stream.of(Optional.ofNullable(world.nextVisibleAt()), Optional.ofNullable(push))
              .flatMap(Optional::stream)
              .min(Instant::compareTo)
              .orElse(null);
      if (next == null) {
        return;
      }
      Duration wait = Duration.between(world.clock.instant(), next);
      world.pass(wait.compareTo(STEP) < 0 ? STEP : wait);
    }
  }

  @Test
  void affectsNoDeliveryAndEndsAutomatically() {
    givenPostbacks();
    Instant begins = start.plus(Duration.ofHours(3));
    Instant ends = begins.plus(Duration.ofDays(2));
    run(
        (request, headers, use) -> {
          requests++;
          Instant now = world.clock.instant();
          return new Transport.Answer(
              now.isBefore(begins) || !now.isBefore(ends) ? answer(200) : failure(Outcome.DNS));
        },
        Duration.ofHours(54));

    assertEquals(54 * AFFILIATES, events.size());
    int attempts = 0;
    for (ConversionEvent event : events.values()) {
      Delivery row = world.delivery(event, event.callbacks().getFirst());
      assertEquals(DeliveryState.DELIVERED, row.state(), row.toString());
      Instant delivered = Objects.requireNonNull(row.history().last()).at();
      Instant due = event.id().claimedAt().isBefore(ends) ? ends : event.id().claimedAt();
      assertTrue(
          delivered.isBefore(due.plus(LATEST)), "delivered " + Duration.between(due, delivered));
      attempts += row.history().count();
    }
    assertEquals(requests, attempts);
    for (int i = 0; i < AFFILIATES; i++) {
      Postback postback = world.postbacks.find(Samples.AFFILIATE, postbackOf(i));
      assertFalse(Objects.requireNonNull(postback).isPaused());
    }
    assertEquals(List.of(), world.deadLetters.messages());
    assertEquals(Set.of(Deferral.Cause.EGRESS), Set.copyOf(deferrals));
    // A probe every two minutes, plus the attempts until the outage is detected.
    assertTrue(requests < 54 * AFFILIATES + 48 * 30 + 300, requests + " requests");
  }

  /**
   * After the outage only one tracker is still called, and it is down for good. Its attempts count
   * again, so its delivery waits for the next hour of the schedule, for which the timer enqueues
   * it.
   */
  @Test
  void endsIfOnlyATrackerThatIsDownForGoodIsStillCalled() {
    givenPostbacks();
    Instant ends = start.plus(Duration.ofHours(3));
    run(
        (request, headers, use) -> {
          requests++;
          boolean fails =
              world.clock.instant().isBefore(ends) || request.url().startsWith("https://t7.");
          return new Transport.Answer(fails ? failure(Outcome.TIMEOUT) : answer(200));
        },
        Duration.ofHours(1));

    ConversionEvent event = List.copyOf(events.values()).get(7);
    Delivery row = world.delivery(event, event.callbacks().getFirst());
    assertEquals(DeliveryState.RETRYING, row.state());
    assertTrue(row.isTimed());
    assertTrue(row.history().count() < 10, row.history().count() + " attempts");
  }

  /**
   * One dead tracker among others that respond is not an outage: its postback is paused after a
   * day.
   */
  @Test
  void isNotDetectedForASingleEndpoint() {
    givenPostbacks();
    run(
        (request, headers, use) ->
            new Transport.Answer(
                request.url().startsWith("https://t7.") ? failure(Outcome.CONNECT) : answer(200)),
        Duration.ofHours(54));

    assertEquals(List.of(), deferrals);
    assertTrue(
        Objects.requireNonNull(world.postbacks.find(Samples.AFFILIATE, postbackOf(7))).isPaused());
  }
}

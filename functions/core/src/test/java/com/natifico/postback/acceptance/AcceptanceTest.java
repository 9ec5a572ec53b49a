package com.natifico.postback.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.acceptance.Acceptance.Result;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.postback.EventFilter;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.postback.RequestBody;
import com.natifico.postback.postback.RequestTemplate;
import com.natifico.postback.testing.Samples;
import com.natifico.postback.testing.ScriptedTransport;
import com.natifico.postback.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AcceptanceTest {
  private final World world = new World();
  private final Postback postback = world.given(Samples.postback("p1", Samples.OFFER));

  @Test
  void claimsAndEnqueuesBeforeItReportsSuccess() {
    ConversionEvent event = world.push(Samples.conversion("c-1"));

    assertEquals(List.of("p1"), event.callbacks());
    assertEquals(List.of(event), world.events.ofConversion("77", "c-1"));
    CallbackMessage message = world.callbacks.sent().getFirst();
    assertEquals(event.id().deliveryId("p1"), message.callback().deliveryId());
    assertEquals(
        "https://track.example.com/postback?cid=w8J3kUG5s0dKQ2m7Zx1v&payout=12.50&txid=c-1",
        message.callback().request().url());
  }

  @Test
  void reportsARepeatAsADuplicateAndSendsOnce() {
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.deliverEverything();

    Result repeat = world.acceptance.accept(Samples.conversion("c-1"));
    world.deliverEverything();

    assertEquals(new Result.Accepted(event, true), repeat);
    assertEquals(1, world.tracker.received().size());
  }

  /** The digests of these two goals share the 40 bits of an event's usual key. */
  @Test
  void keepsTwoGoalsWithTheSameKeyApart() {
    Conversion one = withGoal("lead151152");
    Conversion other = withGoal("lead1728365");

    ConversionEvent first = world.push(one);
    ConversionEvent second = world.push(other);
    world.deliverEverything();

    assertEquals(
        first.id().eventKey(),
        EventId.of(Samples.NOW, new EventIdentity("77", "c-1", other.goal(), other.status()))
            .eventKey());
    assertEquals(2, world.tracker.received().size());
    assertEquals(List.of(first, second), world.events.ofConversion("77", "c-1"));
    assertEquals(new Result.Accepted(first, true), world.acceptance.accept(one));
    assertEquals(new Result.Accepted(second, true), world.acceptance.accept(other));
    world.deliverEverything();
    assertEquals(2, world.tracker.received().size(), "a repeat sends nothing");
  }

  @Test
  void keepsTwoGoalsWithTheSameKeyInOneBatchApart() {
    List<Result> results =
        world.acceptance.acceptAll(List.of(withGoal("lead151152"), withGoal("LEAD1728365")));
    world.deliverEverything();

    for (Result result : results) {
      assertFalse(assertInstanceOf(Result.Accepted.class, result).duplicate());
    }
    assertEquals(2, world.tracker.received().size());
  }

  @Test
  void tellsACorrectionWhatWasReportedBefore() {
    world.given(
        corrections(
            "p2",
            "https://t.example.com/p?r={revision}&s={sum}&was={previous_sum}&by={sum_delta}"
                + "&st={previous_status}&w={previous_status_text}"));

    world.push(Samples.conversion("c-1"));
    ConversionEvent event = world.push(corrected(2, "10"));
    world.deliverEverything();

    assertEquals(List.of("p2"), event.callbacks(), "p1 ignores corrections");
    assertEquals(
        List.of(
            "https://t.example.com/p?r=1&s=12.50&was=&by=&st=&w=",
            "https://t.example.com/p?r=2&s=10&was=12.50&by=-2.50&st=1&w=approved"),
        world.tracker.received().stream()
            .map(request -> request.request().url())
            .filter(url -> url.contains("t.example.com"))
            .toList());
  }

  @Test
  void refusesOtherContentOfTheSameRevisionOnly() {
    world.push(Samples.conversion("c-1"));

    assertEquals(new Result.Conflict(List.of("sum")), world.acceptance.accept(corrected(1, "10")));
    assertInstanceOf(Result.Accepted.class, world.acceptance.accept(corrected(2, "10")));
    assertEquals(new Result.Conflict(List.of("sum")), world.acceptance.accept(corrected(2, "11")));
  }

  private static Postback corrections(String id, String url) {
    Postback usual = Samples.postback(id, Samples.OFFER);
    return new Postback(
        usual.key(),
        usual
            .settings()
            .withRequest(RequestTemplate.get(url))
            .withFilter(new EventFilter(Set.of(ConversionStatus.APPROVED), List.of(), true)),
        usual.status(),
        usual.revision());
  }

  private static Conversion corrected(int revision, String sum) {
    Conversion usual = Samples.conversion("c-1");
    return new Conversion(
        new EventIdentity(
            usual.affiliateId(), usual.conversionId(), usual.goal(), usual.status(), revision),
        usual.offerId(),
        usual.occurredAt(),
        usual.clickAt(),
        usual.fields().with(Map.of("sum", sum)));
  }

  private static Conversion withGoal(String goal) {
    Conversion usual = Samples.conversion("c-1");
    return new Conversion(
        new EventIdentity(usual.affiliateId(), usual.conversionId(), goal, usual.status()),
        usual.offerId(),
        usual.occurredAt(),
        usual.clickAt(),
        usual.fields());
  }

  @Test
  void sendsOnceIfTheRepeatArrivesBeforeTheFirstMessageIsReceived() {
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.acceptance.accept(Samples.conversion("c-1"));

    world.deliver();
    assertEquals(DeliveryState.DELIVERED, world.delivery(event, "p1").state(), "without a delay");

    world.deliverEverything();
    assertEquals(1, world.tracker.received().size());
    assertEquals(1, world.delivery(event, "p1").attempts().size());
  }

  @Test
  void sendsOnceIfTheRepeatArrivesDuringTheFirstAttempt() {
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.tracker.during(() -> world.acceptance.accept(Samples.conversion("c-1")));

    world.deliverEverything();

    assertEquals(1, world.tracker.received().size());
    assertEquals(DeliveryState.DELIVERED, world.delivery(event, "p1").state());
  }

  @Test
  void sendsNothingMoreIfTheRepeatArrivesWhileARetryWaits() {
    world.tracker.answers(ScriptedTransport.answer(500));
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.deliver();

    world.acceptance.accept(Samples.conversion("c-1"));
    world.deliverEverything();

    assertEquals(2, world.tracker.received().size());
    assertEquals(2, world.delivery(event, "p1").attempts().size());
  }

  @Test
  void completesAnEventAfterACrashBetweenClaimAndEnqueue() {
    world.callbacks.refuse(_ -> true);
    assertInstanceOf(Result.Unavailable.class, world.acceptance.accept(Samples.conversion("c-1")));
    world.callbacks.refuse(_ -> false);

    Result.Accepted repeat =
        assertInstanceOf(Result.Accepted.class, world.acceptance.accept(Samples.conversion("c-1")));
    world.deliverEverything();

    assertTrue(repeat.duplicate());
    assertEquals(1, world.tracker.received().size());
    assertEquals(DeliveryState.DELIVERED, world.delivery(repeat.event(), "p1").state());
  }

  @Test
  void completesAnEventAfterARepeatCrashedBeforeItsMessage() {
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.callbacks.refuse(_ -> true);
    assertInstanceOf(Result.Unavailable.class, world.acceptance.accept(Samples.conversion("c-1")));

    world.deliverEverything();

    assertEquals(1, world.tracker.received().size(), "the first message is sufficient");
    assertEquals(DeliveryState.DELIVERED, world.delivery(event, "p1").state());
  }

  @Test
  void rejectsTheSameEventWithDifferentContentAndNamesTheFields() {
    world.push(Samples.conversion("c-1"));

    Result repeat =
        world.acceptance.accept(
            with(Samples.conversion("c-1"), Map.of("sum", "13", "city", "Bonn")));

    assertEquals(new Result.Conflict(List.of("city", "sum")), repeat);
  }

  @Test
  void comparesContentByMeaning() {
    ConversionEvent event = world.push(Samples.conversion("c-1"));
    Conversion usual = Samples.conversion("c-1");
    Conversion sameMeaning =
        new Conversion(
            new EventIdentity(usual.affiliateId(), usual.conversionId(), "INSTALL", usual.status()),
            usual.offerId(),
            Objects.requireNonNull(usual.occurredAt()),
            usual.clickAt(),
            with(usual, Map.of("sum", "12.5", "order_sum", "99.900")).fields());

    assertEquals(new Result.Accepted(event, true), world.acceptance.accept(sameMeaning));
  }

  @Test
  void treatsAStatusChangeAsANewEvent() {
    ConversionEvent approved = world.push(Samples.conversion("c-1"));
    ConversionEvent declined =
        world.push(withStatus(Samples.conversion("c-1"), ConversionStatus.DECLINED));

    assertFalse(approved.id().equals(declined.id()));
    assertEquals(2, world.events.ofConversion("77", "c-1").size());
    assertEquals(List.of(), declined.callbacks());
  }

  @Test
  void createsOneClaimAndOneDeliveryForTwentyConcurrentPushes() {
    List<Result> results =
        Concurrently.onVirtualThreads()
            .map(Collections.nCopies(20, Samples.conversion("c-1")), world.acceptance::accept);
    world.deliverEverything();

    assertEquals(
        1,
        results.stream()
            .filter(result -> result instanceof Result.Accepted accepted && !accepted.duplicate())
            .count());
    assertTrue(results.stream().allMatch(Result.Accepted.class::isInstance));
    assertEquals(1, world.tracker.received().size());
  }

  @Test
  void treatsEachItemOfABatchLikeASinglePush() {
    world.push(Samples.conversion("c-1"));

    List<Result> results =
        world.acceptance.acceptAll(
            List.of(
                Samples.conversion("c-1"),
                Samples.conversion("c-2"),
                Samples.conversion("c-2"),
                with(Samples.conversion("c-2"), Map.of("sum", "1")),
                Samples.conversion("c-3")));
    world.deliverEverything();

    assertTrue(((Result.Accepted) results.get(0)).duplicate());
    assertFalse(((Result.Accepted) results.get(1)).duplicate());
    assertTrue(((Result.Accepted) results.get(2)).duplicate());
    assertEquals(new Result.Conflict(List.of("sum")), results.get(3));
    assertFalse(((Result.Accepted) results.get(4)).duplicate());
    assertEquals(3, world.tracker.received().size());
  }

  @Test
  void anErrorOfTheJvmConcernsOnlyItsOwnConversion() {
    PostbackReader failing =
        new PostbackReader() {
          @Override
          public List<Postback> forOffer(String affiliateId, String offerId) {
            if (affiliateId.equals("88")) {
              throw new OutOfMemoryError("of a test");
            }
            return world.postbacks.forOffer(affiliateId, offerId);
          }

          @Override
          public @Nullable Postback find(String affiliateId, String postbackId) {
            return world.postbacks.find(affiliateId, postbackId);
          }
        };
    Acceptance acceptance =
        new Acceptance(
            world.events,
            failing,
            new Healing(world.log, world.postbacks, world.events, world.clock),
            world.callbacks,
            Concurrently.onVirtualThreads(),
            world.clock);

    List<Result> results =
        acceptance.acceptAll(
            List.of(
                Samples.conversion("c-1"),
                Samples.conversion("88", "c-2"),
                Samples.conversion("c-3")));
    world.deliverEverything();

    assertInstanceOf(Result.Accepted.class, results.get(0));
    assertInstanceOf(Result.Unavailable.class, results.get(1));
    assertInstanceOf(Result.Accepted.class, results.get(2));
    assertEquals(2, world.tracker.received().size());
  }

  /** 19 callbacks of 90 KB for each conversion, and a usual one. */
  @Test
  void acceptsABatchOfLargeConversionsAndItsRepeat() {
    for (int i = 0; i < 19; i++) {
      world.given(
          Samples.with(
              Samples.postback("large-" + i, Samples.OFFER),
              new RequestTemplate(
                  HttpMethod.POST,
                  "https://t.example/" + i,
                  new RequestBody("{sub1}".repeat(2000), "application/x-www-form-urlencoded"))));
    }
    List<Conversion> batch =
        IntStream.range(0, 10)
            .mapToObj(i -> with(Samples.conversion("l-" + i), Map.of("sub1", "s".repeat(44) + i)))
            .toList();

    List<Result> first = world.acceptance.acceptAll(batch);
    List<Result> repeat = world.acceptance.acceptAll(batch);
    world.deliverEverything();

    assertTrue(first.stream().allMatch(result -> isAccepted(result, false)));
    assertTrue(repeat.stream().allMatch(result -> isAccepted(result, true)));
    assertEquals(10 * 20, world.tracker.received().size());
  }

  private static boolean isAccepted(Result result, boolean duplicate) {
    return result instanceof Result.Accepted accepted && accepted.duplicate() == duplicate;
  }

  @Test
  void completesARepeatAfterAConflictInTheSameBatch() {
    world.callbacks.refuse(_ -> true);
    world.acceptance.accept(Samples.conversion("c-1"));
    world.callbacks.refuse(_ -> false);

    List<Result> results =
        world.acceptance.acceptAll(
            List.of(
                with(Samples.conversion("c-1"), Map.of("sum", "1")), Samples.conversion("c-1")));
    world.deliverEverything();

    assertEquals(new Result.Conflict(List.of("sum")), results.get(0));
    assertTrue(assertInstanceOf(Result.Accepted.class, results.get(1)).duplicate());
    assertEquals(1, world.tracker.received().size());
  }

  @Test
  void rejectsOnlyTheItemsThatTheQueueRefused() {
    world.callbacks.refuse(message -> message.callback().conversionId().equals("c-7"));

    List<Result> results =
        world.acceptance.acceptAll(
            IntStream.range(0, 12).mapToObj(i -> Samples.conversion("c-" + i)).toList());

    for (int i = 0; i < 12; i++) {
      assertEquals(i == 7, results.get(i) instanceof Result.Unavailable, "c-" + i);
    }
  }

  @Test
  void holdsTheCallbackOfAPausedPostback() {
    world.postbacks.replace(postback.paused(PausedReason.BY_HAND, world.clock.instant()), 1);

    ConversionEvent event = world.push(Samples.conversion("c-1"));
    world.deliverEverything();

    assertEquals(DeliveryState.HELD, world.delivery(event, "p1").state());
    assertEquals(0, world.tracker.received().size());
  }

  @Test
  void keepsAllDigitsOfMoney() {
    world.given(Samples.postback("p2", "money"));
    Conversion usual = Samples.conversion("c-1");
    ConversionEvent event =
        world.push(
            new Conversion(
                new EventIdentity("77", "c-1", "1", usual.status()),
                "money",
                null,
                null,
                new PushedFields(Map.of("sum", "123456789012345678.00000010"))));
    world.deliverEverything();

    assertTrue(
        world
            .delivery(event, "p2")
            .callback()
            .request()
            .url()
            .contains("payout=123456789012345678.00000010&"));
  }

  @Test
  void occursAtTheClaimIfNoTimeIsPushed() {
    Conversion usual = Samples.conversion("c-1");
    ConversionEvent event =
        world.push(
            new Conversion(
                new EventIdentity("77", "c-1", "1", usual.status()),
                "1042",
                null,
                null,
                PushedFields.NONE));
    world.pass(Duration.ofHours(1));

    assertEquals(Samples.NOW, event.conversion().occurredAtOr(event.id().claimedAt()));
    assertInstanceOf(
        Result.Accepted.class,
        world.acceptance.accept(event.conversion()),
        "a later repeat returns the same");
  }

  @Test
  void ordersIdsByTheTimeOfTheClaim() {
    ConversionEvent earlier = world.push(Samples.conversion("c-2"));
    world.pass(Duration.ofMillis(1));
    ConversionEvent later = world.push(Samples.conversion("c-1"));

    assertTrue(earlier.id().value().compareTo(later.id().value()) < 0);
    assertEquals(Instant.parse("2026-11-02T14:03:09.251Z"), later.id().claimedAt());
  }

  private static Conversion with(Conversion conversion, Map<String, String> changed) {
    return new Conversion(
        conversion.identity(),
        conversion.offerId(),
        conversion.occurredAt(),
        conversion.clickAt(),
        conversion.fields().with(changed));
  }

  private static Conversion withStatus(Conversion conversion, ConversionStatus status) {
    return new Conversion(
        new EventIdentity(
            conversion.affiliateId(), conversion.conversionId(), conversion.goal(), status),
        conversion.offerId(),
        conversion.occurredAt(),
        conversion.clickAt(),
        conversion.fields());
  }
}

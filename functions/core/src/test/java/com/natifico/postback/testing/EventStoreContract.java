package com.natifico.postback.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.EventQuery.Order;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.conversion.Skipped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every {@link EventStore}. */
public abstract class EventStoreContract {
  private final String affiliate = "a-" + UUID.randomUUID();
  private final EventStore store = store();

  /** It may hold other affiliates' events. */
  protected abstract EventStore store();

  @Test
  void claimsANewEvent() {
    ConversionEvent event = event("c1");
    assertNull(store.claim(event));
    assertEquals(event, store.find(affiliate, event.id()));
  }

  @Test
  void returnsTheFirstClaimForARepeat() {
    ConversionEvent first = event("c1");
    store.claim(first);
    ConversionEvent repeat =
        Samples.event(Samples.conversion(affiliate, "c1"), Samples.NOW.plusSeconds(5));
    assertEquals(first, store.claim(repeat));
    assertEquals(List.of(first), store.ofConversion(affiliate, "c1"));
  }

  @Test
  void ignoresTheCaseOfTheGoal() {
    ConversionEvent first = event("c1", "install", ConversionStatus.APPROVED, 0);
    store.claim(first);
    assertEquals(first, store.claim(event("c1", "INSTALL", ConversionStatus.APPROVED, 1)));
  }

  @Test
  void keepsTheRevisionsOfAnEventApart() {
    ConversionEvent first = event("c1", "1", ConversionStatus.APPROVED, 0);
    EventIdentity identity = new EventIdentity(affiliate, "c1", "1", ConversionStatus.APPROVED, 2);
    ConversionEvent second =
        new ConversionEvent(
            EventId.of(first.id().claimedAt().plusSeconds(1), identity),
            new Conversion(identity, "1042", null, null, PushedFields.NONE),
            false,
            List.of("p1"),
            List.of());
    assertNull(store.claim(first));
    assertNull(store.claim(second));
    assertEquals(second, store.claim(second));
    assertEquals(List.of(first, second), store.ofConversion(affiliate, "c1"));
  }

  @Test
  void returnsTheEventThatHasTheSameKey() {
    ConversionEvent first = event("c1", "lead151152", ConversionStatus.APPROVED, 0);
    ConversionEvent sameKey = event("c1", "lead1728365", ConversionStatus.APPROVED, 1);
    store.claim(first);
    assertEquals(first, store.claim(sameKey));

    EventId id =
        EventId.distinct(
            sameKey.id().claimedAt(),
            new EventIdentity("77", "c1", "lead1728365", ConversionStatus.APPROVED));
    ConversionEvent distinct =
        new ConversionEvent(id, sameKey.conversion(), false, List.of("p1"), List.of());
    assertNull(store.claim(distinct));
    assertEquals(distinct, store.find(affiliate, id));
    assertEquals(List.of(first, distinct), store.ofConversion(affiliate, "c1"));
  }

  @Test
  void findsTheNewerEventsOfAGoalNewestFirst() {
    ConversionEvent pending = event("c1", "1", ConversionStatus.PENDING, 0);
    ConversionEvent approved = event("c1", "1", ConversionStatus.APPROVED, 60);
    ConversionEvent corrected = revision(pending, ConversionStatus.APPROVED, 3, 30);
    ConversionEvent otherGoal = event("c1", "2", ConversionStatus.APPROVED, 90);
    for (ConversionEvent event : List.of(approved, pending, otherGoal, corrected)) {
      assertNull(store.claim(event));
    }
    assertEquals(List.of(corrected, approved), store.newerThan(affiliate, pending.id()));
    assertEquals(List.of(), store.newerThan(affiliate, corrected.id()));
    assertEquals(
        List.of(),
        store.newerThan(affiliate, event("c1", "3", ConversionStatus.HOLD, 0).id()),
        "never claimed");
    assertEquals(List.of(), store.newerThan(affiliate + "b", pending.id()));
  }

  /** A network that gives the same id to everything must not slow down the sender. */
  @Test
  void findsTheFollowingRevisionsAmongAnyNumberOfEvents() {
    ConversionEvent pending = event("c1", "1", ConversionStatus.PENDING, 0);
    assertNull(store.claim(pending));
    for (int i = 0; i <= EventStore.MAX_READ; i++) {
      store.claim(event("c1", "goal " + i, ConversionStatus.APPROVED, i));
    }
    ConversionEvent approved = event("c1", "1", ConversionStatus.APPROVED, 60);
    ConversionEvent corrected =
        revision(pending, ConversionStatus.DECLINED, 1 + EventStore.NEIGHBOURING_REVISIONS, 30);
    assertNull(store.claim(approved));
    assertNull(store.claim(corrected));

    assertEquals(List.of(corrected, approved), store.newerThan(affiliate, pending.id()));
    assertEquals(List.of(), store.newerThan(affiliate, corrected.id()));
  }

  @Test
  void findsTheNewestOfTheEventsThatWereAcceptedBefore() {
    ConversionEvent pending = event("c1", "1", ConversionStatus.PENDING, 0);
    ConversionEvent corrected = revision(pending, ConversionStatus.APPROVED, 3, 30);
    ConversionEvent approved = event("c1", "1", ConversionStatus.APPROVED, 60);
    ConversionEvent otherGoal = event("c1", "2", ConversionStatus.APPROVED, 90);
    for (ConversionEvent event : List.of(pending, corrected, otherGoal)) {
      assertNull(store.claim(event));
    }
    assertEquals(corrected, store.previous(approved.id(), approved.conversion()), "not stored");
    assertEquals(pending, store.previous(corrected.id(), corrected.conversion()));
    assertNull(store.previous(pending.id(), pending.conversion()));
    assertNull(store.previous(otherGoal.id(), otherGoal.conversion()));
  }

  /** A network that gives the same id to everything must not slow down the conversion function. */
  @Test
  void findsThePrecedingRevisionsAmongAnyNumberOfEvents() {
    for (int i = 0; i <= EventStore.MAX_READ; i++) {
      store.claim(event("c1", "goal " + i, ConversionStatus.APPROVED, i));
    }
    ConversionEvent first = event("c1", "1", ConversionStatus.PENDING, 0);
    ConversionEvent last =
        revision(first, ConversionStatus.DECLINED, 1 + EventStore.NEIGHBOURING_REVISIONS, 60);
    assertNull(store.claim(first));
    assertNull(store.claim(last));

    assertEquals(first, store.previous(last.id(), last.conversion()));
    assertNull(store.previous(first.id(), first.conversion()));
  }

  @Test
  void readsTheEventsOfAConversionInPages() {
    Set<ConversionEvent> events = new HashSet<>();
    for (int i = 0; i < 25; i++) {
      ConversionEvent event = event("c1", "goal " + i, ConversionStatus.APPROVED, i);
      store.claim(event);
      events.add(event);
    }
    store.claim(event("c2", "1", ConversionStatus.APPROVED, 0));
    List<Integer> sizes = new ArrayList<>();
    List<ConversionEvent> read =
        Pages.all(
            after -> {
              Page<ConversionEvent> page = store.ofConversion(affiliate, "c1", after, 10);
              sizes.add(page.items().size());
              return page;
            });
    assertEquals(events, Set.copyOf(read));
    assertEquals(25, read.size());
    assertEquals(List.of(10, 10, 5), sizes);
  }

  private static ConversionEvent revision(
      ConversionEvent event, ConversionStatus status, int revision, int secondsLater) {
    EventIdentity of = event.conversion().identity();
    EventIdentity identity =
        new EventIdentity(of.affiliateId(), of.conversionId(), of.goal(), status, revision);
    return new ConversionEvent(
        EventId.of(event.id().claimedAt().plusSeconds(secondsLater), identity),
        new Conversion(identity, "1042", null, null, PushedFields.NONE),
        false,
        List.of("p1"),
        List.of());
  }

  @Test
  void givesTheClaimToOneOfMany() throws Exception {
    List<@Nullable ConversionEvent> claims =
        Race.run(
            IntStream.range(0, 20)
                .mapToObj(
                    i ->
                        Race.<@Nullable ConversionEvent>of(
                            () -> store.claim(event("c1", "1", ConversionStatus.APPROVED, i))))
                .toList());
    assertEquals(1, claims.stream().filter(Objects::isNull).count());
    assertEquals(1, claims.stream().filter(Objects::nonNull).distinct().count());
  }

  @Test
  void treatsAStatusChangeAsANewEvent() {
    ConversionEvent pending = event("c1", "1", ConversionStatus.PENDING, 0);
    ConversionEvent approved = event("c1", "1", ConversionStatus.APPROVED, 60);
    ConversionEvent otherGoal = event("c1", "2", ConversionStatus.APPROVED, 30);
    for (ConversionEvent event : List.of(approved, pending, otherGoal)) {
      assertNull(store.claim(event));
    }
    assertEquals(
        List.of(pending, otherGoal, approved),
        store.ofConversion(affiliate, "c1"),
        "the oldest first");
  }

  @Test
  void keepsEveryField() {
    Conversion conversion =
        new Conversion(
            new EventIdentity(affiliate, "c.1-_", "Grüße", ConversionStatus.HOLD),
            "1042",
            Instant.parse("2026-11-02T14:03:07.123456789Z"),
            Instant.parse("1970-01-01T00:00:00Z"),
            new PushedFields(Map.of("sum", "12.50", "city", "Köln 😀", "comment", "")));
    ConversionEvent event =
        new ConversionEvent(
            EventId.of(
                Samples.NOW, new EventIdentity("77", "c.1-_", "Grüße", ConversionStatus.HOLD)),
            conversion,
            true,
            List.of("p3", "p1"),
            Arrays.stream(Skipped.Reason.values())
                .filter(reason -> reason != Skipped.Reason.NO_POSTBACK)
                .map(
                    reason ->
                        new Skipped(
                            "p-" + reason.word(),
                            reason,
                            reason == Skipped.Reason.SAME_AS ? "p3" : null))
                .toList());
    store.claim(event);
    assertEquals(event, store.find(affiliate, event.id()));
    assertEquals(List.of(event), store.ofConversion(affiliate, "c.1-_"));
    assertEquals(event, store.claim(event("c.1-_", "Grüße", ConversionStatus.HOLD, 9)));
  }

  @Test
  void keepsAnEventWithoutCallbacks() {
    Conversion bare =
        new Conversion(
            new EventIdentity(affiliate, "c1", "1", ConversionStatus.APPROVED),
            "1042",
            null,
            null,
            PushedFields.NONE);
    ConversionEvent event =
        new ConversionEvent(
            EventId.of(Samples.NOW, new EventIdentity("77", "c1", "1", ConversionStatus.APPROVED)),
            bare,
            false,
            List.of(),
            List.of());
    store.claim(event);
    assertEquals(event, store.find(affiliate, event.id()));
  }

  @Test
  void findsTheExistingOnesOfMany() {
    ConversionEvent one = event("c1");
    ConversionEvent other = event("c2");
    store.claim(one);
    store.claim(other);
    EventId missing = event("c3").id();
    EventId late = EventId.of(Samples.NOW.plusMillis(1), event("c1").conversion().identity());
    assertEquals(
        Map.of(one.id(), one, other.id(), other),
        store.findAll(affiliate, List.of(one.id(), other.id(), missing, late)));
    assertEquals(Map.of(), store.findAll(affiliate + "b", List.of(one.id())));
    assertEquals(Map.of(), store.findAll(affiliate, List.of()));
  }

  @Test
  void listsTheEventsWithoutCallbacks() {
    List<ConversionEvent> silent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      silent.add(silent("c" + i, i));
    }
    silent.reversed().forEach(store::claim);
    store.claim(event("sent"));
    assertEquals(silent, withoutCallbacks(query(null, null, null, Order.OLDEST_FIRST), 2));
    assertEquals(
        silent.reversed(), withoutCallbacks(query(null, null, null, Order.NEWEST_FIRST), 2));
    assertEquals(
        silent.subList(1, 3),
        withoutCallbacks(
            query(Samples.NOW.plusSeconds(1), Samples.NOW.plusSeconds(3), null, Order.OLDEST_FIRST),
            1));
    assertEquals(
        List.of(silent.get(3)),
        withoutCallbacks(query(null, null, "click-3", Order.NEWEST_FIRST), 50));
    assertEquals(
        List.of(), withoutCallbacks(query(Samples.NOW, Samples.NOW, null, Order.NEWEST_FIRST), 50));
  }

  @Test
  void continuesWithTheEventsWithoutCallbacksAfterAnyPosition() {
    ConversionEvent one = silent("c1", 1);
    ConversionEvent other = silent("c2", 2);
    store.claim(one);
    store.claim(other);
    EventQuery oldest = query(null, null, null, Order.OLDEST_FIRST);
    EventQuery newest = query(null, null, null, Order.NEWEST_FIRST);
    assertEquals(List.of(one, other), after(oldest, one.id().value()));
    assertEquals(List.of(other), after(oldest, one.id().startOfDeliveries()));
    assertEquals(List.of(other), after(oldest, one.id().endOfDeliveries()));
    assertEquals(List.of(), after(oldest, other.id().endOfDeliveries()));
    assertEquals(List.of(other, one), after(newest, other.id().endOfDeliveries()));
    assertEquals(List.of(one), after(newest, other.id().startOfDeliveries()));
    assertEquals(List.of(), after(newest, one.id().value()));
  }

  private List<ConversionEvent> after(EventQuery query, String position) {
    return store.withoutCallbacks(affiliate, query, position, 50).items();
  }

  private List<ConversionEvent> withoutCallbacks(EventQuery query, int limit) {
    return Pages.all(after -> store.withoutCallbacks(affiliate, query, after, limit));
  }

  private static EventQuery query(
      @Nullable Instant since, @Nullable Instant until, @Nullable String refId, Order order) {
    return new EventQuery(since, until, refId, order);
  }

  private ConversionEvent silent(String conversionId, int secondsLater) {
    Conversion usual = Samples.conversion(affiliate, conversionId);
    Conversion conversion =
        new Conversion(
            usual.identity(),
            usual.offerId(),
            usual.occurredAt(),
            usual.clickAt(),
            usual.fields().with(Map.of("ref_id", "click-" + secondsLater)));
    return new ConversionEvent(
        EventId.of(Samples.NOW.plusSeconds(secondsLater), conversion.identity()),
        conversion,
        false,
        List.of(),
        List.of());
  }

  @Test
  void findsNoEventOfAnotherTime() {
    store.claim(event("c1"));
    EventId other =
        EventId.of(
            Samples.NOW.plusMillis(1),
            new EventIdentity("77", "c1", "install", ConversionStatus.APPROVED));
    assertNull(store.find(affiliate, other));
  }

  @Test
  void hidesOtherAffiliatesEvents() {
    ConversionEvent event = event("c1");
    store.claim(event);
    assertNull(store.find(affiliate + "b", event.id()));
    assertEquals(List.of(), store.ofConversion(affiliate + "b", "c1"));
    assertEquals(List.of(), store.ofConversion(affiliate, "c2"));
  }

  private ConversionEvent event(String conversionId) {
    return Samples.event(Samples.conversion(affiliate, conversionId), Samples.NOW);
  }

  private ConversionEvent event(
      String conversionId, String goal, ConversionStatus status, int secondsLater) {
    Conversion usual = Samples.conversion(affiliate, conversionId);
    return Samples.event(
        new Conversion(
            new EventIdentity(affiliate, conversionId, goal, status),
            usual.offerId(),
            usual.occurredAt(),
            usual.clickAt(),
            usual.fields()),
        Samples.NOW.plusSeconds(secondsLater));
  }
}

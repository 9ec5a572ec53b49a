package com.natifico.postback.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.PausedReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackStatus;
import com.natifico.postback.testing.InMemoryPostbackStore;
import com.natifico.postback.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EventFinderTest {
  private static final Instant NOW = Samples.NOW;
  private static final Instant LATER = NOW.plusSeconds(1);
  private static final Postback ACTIVE = Samples.postback("p1", Samples.OFFER);
  private static final Postback PAUSED = ACTIVE.paused(PausedReason.GONE, LATER);
  private static final Postback EDITED =
      ACTIVE.next(ACTIVE.settings(), PostbackStatus.healthy(), LATER);
  private static final Postback RESUMED =
      PAUSED.next(PAUSED.settings(), PostbackStatus.healthy(), LATER);

  private final InMemoryPostbackStore postbacks = new InMemoryPostbackStore();
  private final EventFinder finder = new EventFinder(postbacks);

  private Optional<EventKind> kind(StoredChange change) {
    return finder.find(change).map(PostbackEvent::kind);
  }

  static Stream<Arguments> postbackChanges() {
    return Stream.of(
        Arguments.of(ACTIVE, PAUSED, EventKind.PAUSED),
        Arguments.of(PAUSED, RESUMED, EventKind.RESUMED),
        Arguments.of(ACTIVE, EDITED, null),
        Arguments.of(PAUSED, PAUSED.next(PAUSED.settings(), PAUSED.status(), LATER), null),
        Arguments.of(ACTIVE, ACTIVE.withHealth(new PostbackStatus.Active(NOW)), null));
  }

  @ParameterizedTest
  @MethodSource("postbackChanges")
  void findsATransitionOfAPostback(Postback before, Postback after, @Nullable EventKind expected) {
    assertEquals(
        Optional.ofNullable(expected),
        kind(new StoredChange.OfPostback("e-1", NOW, before, after)));
  }

  @Test
  void describesAPause() {
    assertEquals(
        Optional.of(
            new PostbackEvent(
                "e-1", EventKind.PAUSED, ACTIVE.key(), Samples.OFFER, null, "gone", LATER)),
        finder.find(new StoredChange.OfPostback("e-1", NOW, ACTIVE, PAUSED)));
  }

  private static StoredStreak streak(long version, int attempts, Instant since) {
    return new StoredStreak(version, attempts, since);
  }

  static Stream<Arguments> streakChanges() {
    return Stream.of(
        Arguments.of(null, streak(1, 1, NOW), null),
        Arguments.of(streak(1, 3, NOW), streak(1, 4, NOW), null),
        Arguments.of(streak(1, 4, NOW), streak(1, 5, NOW), EventKind.FAILING),
        Arguments.of(streak(1, 3, NOW), streak(1, 8, NOW), EventKind.FAILING),
        Arguments.of(streak(1, 5, NOW), streak(1, 6, NOW), null),
        Arguments.of(streak(1, 19, NOW), streak(1, 20, NOW), null),
        // The first failures of a streak are counted together.
        Arguments.of(null, streak(1, 9, NOW), EventKind.FAILING),
        // A new version or a new streak starts again.
        Arguments.of(streak(1, 9, NOW), streak(2, 1, LATER), null),
        Arguments.of(streak(1, 9, NOW), streak(2, 7, LATER), EventKind.FAILING),
        Arguments.of(streak(1, 9, NOW), streak(1, 7, LATER), EventKind.FAILING),
        Arguments.of(streak(1, 4, NOW), null, null),
        Arguments.of(streak(1, 5, NOW), null, EventKind.RECOVERED),
        Arguments.of(streak(1, 25, NOW), null, EventKind.RECOVERED));
  }

  @ParameterizedTest
  @MethodSource("streakChanges")
  void findsATransitionOfAStreak(
      @Nullable StoredStreak before, @Nullable StoredStreak after, @Nullable EventKind expected) {
    postbacks.create(ACTIVE);

    assertEquals(
        Optional.ofNullable(expected),
        kind(new StoredChange.OfStreak("e-1", NOW, ACTIVE.key(), before, after)));
  }

  @Test
  void reportsNothingOfADeletedPostback() {
    assertEquals(
        Optional.empty(),
        kind(new StoredChange.OfStreak("e-1", NOW, ACTIVE.key(), streak(1, 9, NOW), null)));
    assertEquals(
        Optional.empty(), kind(new StoredChange.OfDelivery("e-1", NOW, null, exhausted())));
  }

  private static Delivery row() {
    return Delivery.unrecorded(Samples.callback("c-1", "p1"));
  }

  private static Delivery state(DeliveryState state) {
    return Samples.delivery(Samples.callback("c-1", "p1"), state, List.of());
  }

  private static Delivery exhausted() {
    return failed(Outcome.TIMEOUT);
  }

  private static Delivery failed(Outcome outcome) {
    return Samples.delivery(
        Samples.callback("c-1", "p1"), DeliveryState.FAILED, List.of(Samples.attempt(1, outcome)));
  }

  static Stream<Arguments> deliveryChanges() {
    return Stream.of(
        Arguments.of(null, state(DeliveryState.HELD), EventKind.HELD),
        Arguments.of(state(DeliveryState.RETRYING), state(DeliveryState.HELD), EventKind.HELD),
        Arguments.of(state(DeliveryState.HELD), state(DeliveryState.HELD), null),
        Arguments.of(state(DeliveryState.RETRYING), exhausted(), EventKind.EXHAUSTED),
        Arguments.of(exhausted(), exhausted(), null),
        Arguments.of(null, failed(Outcome.REDIRECT), null),
        Arguments.of(null, failed(Outcome.BLOCKED), null),
        Arguments.of(null, failed(Outcome.REJECTED), null),
        Arguments.of(null, row().unsent(UnsentReason.POSTBACK_DELETED), null),
        Arguments.of(null, state(DeliveryState.DELIVERED), null));
  }

  @ParameterizedTest
  @MethodSource("deliveryChanges")
  void findsATransitionOfADelivery(
      @Nullable Delivery before, Delivery after, @Nullable EventKind expected) {
    postbacks.create(ACTIVE);

    assertEquals(
        Optional.ofNullable(expected),
        kind(new StoredChange.OfDelivery("e-1", NOW, before, after)));
  }

  @Test
  void describesAnExhaustedDelivery() {
    postbacks.create(ACTIVE);

    assertEquals(
        Optional.of(
            new PostbackEvent(
                "e-1",
                EventKind.EXHAUSTED,
                new PostbackKey(Samples.AFFILIATE, "p1"),
                Samples.OFFER,
                null,
                "timeout",
                NOW)),
        finder.find(new StoredChange.OfDelivery("e-1", NOW, null, exhausted())));
  }
}

package com.natifico.postback.notification;

import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.FailedReason;
import com.natifico.postback.postback.EventKind;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.postback.PostbackReader;
import com.natifico.postback.postback.PostbackStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the event that follows from a change of a row, if one does. An event is a transition: the
 * row before the change must not have been in the state already.
 */
public final class EventFinder {
  private final PostbackReader postbacks;

  /**
   * @param postbacks is asked only for changes of other rows that are events
   */
  public EventFinder(PostbackReader postbacks) {
    this.postbacks = postbacks;
  }

  /** The event of a change; empty if it is none, or its postback has been deleted since. */
  public Optional<PostbackEvent> find(StoredChange change) {
    return switch (change) {
      case StoredChange.OfPostback(String id, Instant _, Postback before, Postback after) ->
          ofPostback(id, before, after);
      case StoredChange.OfStreak streak -> ofStreak(streak);
      case StoredChange.OfDelivery delivery -> ofDelivery(delivery);
    };
  }

  private static Optional<PostbackEvent> ofPostback(String id, Postback before, Postback after) {
    if (before.isPaused() == after.isPaused() || after.isNotification()) {
      return Optional.empty();
    }
    return Optional.of(
        new PostbackEvent(
            id,
            after.isPaused() ? EventKind.PAUSED : EventKind.RESUMED,
            after.key(),
            after.scope().offerIdOrNull(),
            after.settings().label(),
            pausedReason(after),
            after.revision().updatedAt()));
  }

  private static @Nullable String pausedReason(Postback postback) {
    return postback.status() instanceof PostbackStatus.Paused paused
        ? paused.reason().word()
        : null;
  }

  private Optional<PostbackEvent> ofStreak(StoredChange.OfStreak change) {
    StoredStreak before = change.before();
    StoredStreak after = change.after();
    EventKind kind;
    if (after != null && after.isFailing() && !after.wasFailing(before)) {
      kind = EventKind.FAILING;
    } else if (after == null && before != null && before.isFailing()) {
      // Only a success and the deletion of the postback delete a streak.
      kind = EventKind.RECOVERED;
    } else {
      return Optional.empty();
    }
    Postback postback = find(change.postback());
    return postback == null
        ? Optional.empty()
        : Optional.of(
            new PostbackEvent(
                change.id(),
                kind,
                postback.key(),
                postback.scope().offerIdOrNull(),
                postback.settings().label(),
                null,
                change.at()));
  }

  private Optional<PostbackEvent> ofDelivery(StoredChange.OfDelivery change) {
    Delivery delivery = change.after();
    EventKind kind = kind(delivery);
    if (kind == null
        || delivery.callback().test()
        || (change.before() != null && kind(change.before()) == kind)) {
      return Optional.empty();
    }
    Postback postback =
        find(new PostbackKey(delivery.callback().affiliateId(), delivery.callback().postbackId()));
    return postback == null
        ? Optional.empty()
        : Optional.of(
            new PostbackEvent(
                change.id(),
                kind,
                postback.key(),
                delivery.callback().offerId(),
                postback.settings().label(),
                kind == EventKind.HELD ? pausedReason(postback) : outcome(delivery),
                change.at()));
  }

  private static @Nullable EventKind kind(Delivery delivery) {
    if (delivery.state() == DeliveryState.HELD) {
      return EventKind.HELD;
    }
    return delivery.failedReason() == FailedReason.EXHAUSTED ? EventKind.EXHAUSTED : null;
  }

  private static @Nullable String outcome(Delivery delivery) {
    List<Attempt> attempts = delivery.attempts();
    return attempts.isEmpty() ? null : attempts.getLast().outcome().word();
  }

  /** Null also for a notification: what happens to it is not notified. */
  private @Nullable Postback find(PostbackKey key) {
    Postback found = postbacks.find(key.affiliateId(), key.postbackId());
    return found == null || found.isNotification() ? null : found;
  }
}

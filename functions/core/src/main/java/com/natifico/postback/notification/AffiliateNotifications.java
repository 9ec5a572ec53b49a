package com.natifico.postback.notification;

import com.natifico.postback.Unavailable;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.CallbackQueue;
import com.natifico.postback.delivery.ReportedEvent;
import com.natifico.postback.postback.Expansion;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import com.natifico.postback.postback.PostbackStore.ScopeFilter;
import com.natifico.postback.postback.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues a callback for each of the affiliate's notifications of the kind. The callbacks are
 * delivered like all others; a repeated message has the same deliveries, so that it is sent once.
 */
public final class AffiliateNotifications implements EventTopic {
  /** What a delivery shows as its offer if the event belongs to none. */
  public static final String NO_OFFER = "-";

  private static final ScopeFilter ALL = new ScopeFilter.One(Scope.Notifications.ALL);

  private final PostbackStore postbacks;
  private final CallbackQueue queue;
  private final InstantSource clock;

  public AffiliateNotifications(PostbackStore postbacks, CallbackQueue queue, InstantSource clock) {
    this.postbacks = postbacks;
    this.queue = queue;
    this.clock = clock;
  }

  @Override
  public void publish(EventMessage message, Instant at) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<CallbackMessage> messages =
        postbacks
            .list(message.affiliateId(), ALL, null, PostbackStore.LIMIT_PER_SCOPE)
            .items()
            .stream()
            .filter(notification -> isFor(notification, message))
            .map(notification -> callback(notification, message, at))
            .map(callback -> new CallbackMessage(callback, 1, now, now))
            .toList();
    if (!messages.isEmpty() && !queue.send(messages).isEmpty()) {
      throw new Unavailable("the queue did not take a notification", null);
    }
  }

  private static boolean isFor(Postback notification, EventMessage message) {
    return notification.scope() instanceof Scope.Notifications scope
        && scope.events().contains(message.kind());
  }

  private static Callback callback(Postback notification, EventMessage message, Instant at) {
    @Nullable String offerId = message.newest().offerId();
    EventId id =
        EventId.of(
            at,
            new EventIdentity(
                message.affiliateId(),
                message.id(),
                message.kind().word(),
                ConversionStatus.APPROVED));
    return new Callback(
        id.deliveryId(notification.postbackId()),
        notification.postbackId(),
        new ReportedEvent(
            message.affiliateId(),
            offerId == null ? NO_OFFER : offerId,
            message.id(),
            ConversionStatus.APPROVED,
            false),
        Expansion.of(notification.settings().request()).expand(new EventMacros(message)));
  }
}

package com.natifico.postback.acceptance;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.UnsentReason;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Completes an accepted event after a crash: every callback named in the claim gets a row or a
 * message. It runs when a push is repeated.
 *
 * <p>It is unknown whether the messages of the first push were enqueued. The repeat therefore
 * writes a pending row for each callback without one, which makes every later message acquire the
 * lease, and enqueues another message. That message is delayed until a first attempt that did not
 * see the row must have ended. So exactly one of the messages makes the attempt.
 */
public final class Healing {
  /**
   * A sender that looked before the row existed has ended by then: this is the function's timeout
   * in template.yaml. Its attempt takes 10 s, and each call of the log up to 8 s.
   */
  static final Duration TAKE_OVER_AFTER = Duration.ofSeconds(30);

  private final DeliveryLog log;
  private final PostbackReader postbacks;
  private final EventDeliveries deliveries;
  private final InstantSource clock;

  public Healing(
      DeliveryLog log, PostbackReader postbacks, EventStore events, InstantSource clock) {
    this.log = log;
    this.postbacks = postbacks;
    this.deliveries = new EventDeliveries(log, postbacks, events);
    this.clock = clock;
  }

  /** Returns the messages that must be enqueued before the event counts as accepted again. */
  List<CallbackMessage> heal(ConversionEvent event) {
    List<String> held = event.held();
    List<String> ids =
        Stream.concat(event.callbacks().stream(), held.stream())
            .map(postbackId -> event.id().deliveryId(postbackId))
            .toList();
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<String, Delivery> rows = log.findAll(event.conversion().affiliateId(), ids);
    List<CallbackMessage> messages = new ArrayList<>();
    for (String postbackId : event.callbacks()) {
      Delivery row = rows.get(event.id().deliveryId(postbackId));
      if (row == null) {
        takeOver(event, postbackId).ifPresent(messages::add);
      } else if (row.state() == DeliveryState.PENDING) {
        messages.add(message(row.callback()));
      }
    }
    for (String postbackId : held) {
      if (!rows.containsKey(event.id().deliveryId(postbackId))) {
        hold(deliveries.pending(event, postbackId).callback());
      }
    }
    return messages;
  }

  /**
   * Writes the missing row according to the postback's current state and returns the message for
   * it. If another worker has written a row in the meantime, that row is more recent and is kept.
   */
  private Optional<CallbackMessage> takeOver(ConversionEvent event, String postbackId) {
    Postback postback = postbacks.find(event.conversion().affiliateId(), postbackId);
    Delivery row = deliveries.pending(event, postbackId);
    if (postback == null) {
      log.save(row.unsent(UnsentReason.POSTBACK_DELETED));
      return Optional.empty();
    }
    if (row.callback().request().isTooLarge()) {
      refuse(row.callback());
      return Optional.empty();
    }
    if (postback.isPaused()) {
      log.save(row.held());
      return Optional.empty();
    }
    log.save(row.pending());
    return Optional.of(message(row.callback()));
  }

  private CallbackMessage message(Callback callback) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new CallbackMessage(callback, 1, now.plus(TAKE_OVER_AFTER), now);
  }

  /** Stores a callback that is not sent because its postback is paused. */
  void hold(Callback callback) {
    if (callback.request().isTooLarge()) {
      refuse(callback);
    } else {
      log.save(Delivery.unrecorded(callback).held());
    }
  }

  /** Stores a callback that is too large to be sent, so that users see why it did not arrive. */
  void refuse(Callback callback) {
    log.save(TooLarge.refused(callback));
  }
}

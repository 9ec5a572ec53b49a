package com.natifico.postback.acceptance;

import com.natifico.postback.conversion.ConversionEvent;
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
 * Sees to it that everything a claim says is on its way, whoever died before. A repeated push comes
 * here.
 *
 * <p>Nobody can tell whether the first push's messages are on the queue. So the repeat writes a
 * pending row for each callback that has none, which makes every message from then on take the
 * lease, and enqueues one more message, delayed beyond the time that a first attempt which has not
 * seen the row can still take. So one of the messages makes the attempt, and never two.
 */
public final class Healing {
  /**
   * A sender that looked before the row was there lives no longer: it is the function's timeout in
   * template.yaml. Its attempt takes 10 s, and each call of the log up to 8 s.
   */
  private static final Duration TAKE_OVER_AFTER = Duration.ofSeconds(30);

  private final DeliveryLog log;
  private final PostbackReader postbacks;
  private final EventDeliveries deliveries;
  private final InstantSource clock;

  public Healing(DeliveryLog log, PostbackReader postbacks, InstantSource clock) {
    this.log = log;
    this.postbacks = postbacks;
    this.deliveries = new EventDeliveries(log, postbacks);
    this.clock = clock;
  }

  /** The messages that have to be enqueued before the event counts as accepted again. */
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
   * Writes the row that is missing, as the postback stands now, and gives the message that has to
   * follow. Whoever has written a row meanwhile has brought the callback further than this.
   */
  private Optional<CallbackMessage> takeOver(ConversionEvent event, String postbackId) {
    Postback postback = postbacks.find(event.conversion().affiliateId(), postbackId);
    Delivery row = deliveries.pending(event, postbackId);
    if (postback == null) {
      log.save(row.unsent(UnsentReason.POSTBACK_DELETED));
      return Optional.empty();
    }
    if (RequestSize.isTooLarge(row.callback().request())) {
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

  /** Keeps a callback that is not sent because its postback is paused. */
  void hold(Callback callback) {
    if (RequestSize.isTooLarge(callback.request())) {
      refuse(callback);
    } else {
      log.save(Delivery.unrecorded(callback).held());
    }
  }

  /** Keeps a callback that is too large to be sent, so that people see why it did not arrive. */
  void refuse(Callback callback) {
    log.save(RequestSize.refused(callback));
  }
}

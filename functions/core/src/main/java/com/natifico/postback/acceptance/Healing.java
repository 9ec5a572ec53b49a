package com.natifico.postback.acceptance;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.CallbackMessage;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryLog;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.postback.CallbackRequest;
import com.natifico.postback.postback.Expansion;
import com.natifico.postback.postback.HttpMethod;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sees to it that everything a claim says is on its way, whoever died before. A repeated push comes
 * here.
 *
 * <p>Nobody can tell whether the first push's messages are on the queue. So the repeat writes a
 * pending row for each callback that has none, which makes every message from then on take the lease,
 * and enqueues one more message, delayed beyond the time that a first attempt which has not seen the
 * row can still take. So one of the messages makes the attempt, and never two.
 */
public final class Healing {
  /** The 10 s of an attempt that began before the row was there, its record, and some air. */
  private static final Duration TAKE_OVER_AFTER = Duration.ofSeconds(20);

  private final DeliveryLog log;
  private final PostbackReader postbacks;
  private final InstantSource clock;

  public Healing(DeliveryLog log, PostbackReader postbacks, InstantSource clock) {
    this.log = log;
    this.postbacks = postbacks;
    this.clock = clock;
  }

  /** The messages that have to be enqueued before the event counts as accepted again. */
  List<CallbackMessage> heal(ConversionEvent event) {
    String affiliateId = event.conversion().affiliateId();
    List<String> sent = event.callbacks();
    List<String> held =
        event.skipped().stream()
            .filter(skipped -> skipped.reason() == Skipped.Reason.PAUSED)
            .map(Skipped::postbackId)
            .toList();
    List<String> ids = new ArrayList<>();
    sent.forEach(postbackId -> ids.add(event.id().deliveryId(postbackId)));
    held.forEach(postbackId -> ids.add(event.id().deliveryId(postbackId)));
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<String, Delivery> rows = log.findAll(affiliateId, ids);
    List<CallbackMessage> messages = new ArrayList<>();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    for (String postbackId : sent) {
      Delivery row = rows.get(event.id().deliveryId(postbackId));
      if (row == null || row.state() == DeliveryState.PENDING) {
        Callback callback = row == null ? expand(event, postbackId) : row.callback();
        if (row == null) {
          writePending(callback);
        }
        messages.add(new CallbackMessage(callback, 1, now.plus(TAKE_OVER_AFTER), now));
      }
    }
    for (String postbackId : held) {
      if (!rows.containsKey(event.id().deliveryId(postbackId))) {
        hold(expand(event, postbackId));
      }
    }
    return messages;
  }

  /** Whoever else wrote a row meanwhile has brought the callback further than this. */
  private void writePending(Callback callback) {
    log.save(Delivery.unrecorded(callback).pending());
  }

  /** Keeps a callback that is not sent because its postback is paused. */
  void hold(Callback callback) {
    log.save(Delivery.unrecorded(callback).held());
  }

  /**
   * The callback as the postback would expand it now. If the postback is gone, there is no request to
   * be made, and the sender, who looks first, will say so.
   */
  private Callback expand(ConversionEvent event, String postbackId) {
    Postback postback = postbacks.find(event.conversion().affiliateId(), postbackId);
    CallbackRequest request =
        postback == null
            ? new CallbackRequest(HttpMethod.GET, "", null, null)
            : Expansion.of(postback).expand(ConversionMacros.of(event, postbackId));
    return Acceptance.callback(event, postbackId, request);
  }
}

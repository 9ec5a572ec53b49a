package com.natifico.postback.delivery;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventStore;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Sends a delivery again: the stored request, as its next attempt, followed by a whole new
 * schedule. A waiting retry is replaced: it finds its attempt made and has nothing left to send.
 *
 * <p>The message goes first and the row is written second. A crash in between leaves a message
 * whose delivery does not call for it, and which is therefore dropped, and an unchanged row; the
 * other way round it would leave a delivery that waits for a message that was never sent.
 */
public final class Resend {
  /** Lets the row be written before the message arrives. */
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  /** Limit of conflicts with other workers; then the caller is asked to try again. */
  private static final int TRIES = 5;

  /** How it ended. */
  public sealed interface Result {
    /**
     * It is on its way.
     *
     * @param delivery as stored now
     */
    record Resent(Delivery delivery) implements Result {}

    /** There is no such delivery. */
    record Unknown() implements Result {}

    /** Its first attempt is still to come, so there is nothing to send again yet. */
    record NotStarted() implements Result {}

    /** An attempt is being made right now. */
    record Busy() implements Result {}

    /** Its request was too large to be sent, ever. */
    record TooLarge() implements Result {}

    /** As many attempts were made as one delivery may have. */
    record AttemptsExhausted() implements Result {}

    record PostbackPaused() implements Result {}

    record PostbackDeleted() implements Result {}

    /** The queue did not take it; the delivery is as it was. */
    record QueueUnavailable() implements Result {}
  }

  private final PostbackStore postbacks;
  private final EventStore events;
  private final DeliveryLog log;
  private final CallbackQueue queue;
  private final InstantSource clock;

  public Resend(
      PostbackStore postbacks,
      EventStore events,
      DeliveryLog log,
      CallbackQueue queue,
      InstantSource clock) {
    this.postbacks = postbacks;
    this.events = events;
    this.log = log;
    this.queue = queue;
    this.clock = clock;
  }

  /** Sends this delivery again, if it may be. */
  public Result resend(String affiliateId, String deliveryId) {
    Delivery row = log.find(affiliateId, deliveryId);
    if (row == null) {
      return isPending(affiliateId, deliveryId) ? new Result.NotStarted() : new Result.Unknown();
    }
    if (row.isTooLarge()) {
      return new Result.TooLarge();
    }
    if (row.history().isExhausted()) {
      return new Result.AttemptsExhausted();
    }
    Postback postback = postbacks.find(affiliateId, row.callback().postbackId());
    if (postback == null) {
      return new Result.PostbackDeleted();
    }
    if (postback.isPaused()) {
      return new Result.PostbackPaused();
    }
    return resend(row, 0);
  }

  private boolean isPending(String affiliateId, String deliveryId) {
    EventId eventId = EventId.tryOfDelivery(deliveryId);
    if (eventId == null) {
      return false;
    }
    ConversionEvent event = events.find(affiliateId, eventId);
    String postbackId = EventId.postbackOfDelivery(deliveryId);
    return event != null && (event.sends(postbackId) || event.holds(postbackId));
  }

  /**
   * The same for a row that was read, and whose postback may send.
   *
   * @param asked the attempt that the queue has a message for already; 0 for none
   */
  Result resend(Delivery read, int asked) {
    Delivery row = read;
    int enqueued = asked;
    for (int i = 0; i < TRIES && row != null; i++) {
      if (row.state() == DeliveryState.PENDING) {
        return new Result.NotStarted();
      }
      if (row.state() == DeliveryState.DELIVERED
          && enqueued > 0
          && row.history().count() >= enqueued) {
        // What was to be sent again has arrived meanwhile; once is enough.
        return new Result.Resent(row);
      }
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      if (row.isLeased(now) && enqueued == 0) {
        return new Result.Busy();
      }
      if (enqueued < nextAttempt(row)) {
        if (!queue.send(List.of(message(row, now))).isEmpty()) {
          return new Result.QueueUnavailable();
        }
        enqueued = nextAttempt(row);
      }
      Delivery resent = row.resent(now);
      if (log.save(resent)) {
        return new Result.Resent(resent);
      }
      row = log.find(row.callback().affiliateId(), row.id());
    }
    return row == null ? new Result.Unknown() : new Result.Busy();
  }

  static int nextAttempt(Delivery row) {
    return row.history().count() + 1;
  }

  /** What asks for the next attempt of this row. */
  static CallbackMessage message(Delivery row, Instant now) {
    return new CallbackMessage(row.callback(), nextAttempt(row), now.plus(HEAD_START), now);
  }
}

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
 * Resends a delivery: the stored request, as its next attempt, followed by a complete new schedule.
 * A waiting retry is replaced: when its message is received, its attempt has already been made, so
 * it sends nothing. It is sent even if a newer event has been attempted, because a person asks for
 * it.
 *
 * <p>The message is enqueued before the row is written. A crash in between leaves an unchanged row,
 * and a message that the row does not call for and that is therefore dropped. In the opposite
 * order, a crash would leave a delivery that waits for a message that was never sent.
 */
public final class Resend {
  /** Gives the row time to be written before the message arrives. */
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  /** The limit of conflicts with other workers; after that the client is asked to try again. */
  private static final int TRIES = 5;

  /** The result of a resend. */
  public sealed interface Result {
    /**
     * The delivery will be sent again.
     *
     * @param delivery as stored now
     */
    record Resent(Delivery delivery) implements Result {}

    /** There is no such delivery. */
    record Unknown() implements Result {}

    /** Its first attempt has not been made yet, so there is nothing to resend. */
    record NotStarted() implements Result {}

    /** An attempt is in progress. */
    record Busy() implements Result {}

    /** Its request was too large to be sent. */
    record TooLarge() implements Result {}

    /** The delivery has reached the limit of attempts. */
    record AttemptsExhausted() implements Result {}

    record PostbackPaused() implements Result {}

    record PostbackDeleted() implements Result {}

    /** The message was not enqueued; the delivery is unchanged. */
    record QueueUnavailable() implements Result {}
  }

  private final PostbackStore postbacks;
  private final EventStore events;
  private final DeliveryLog log;
  private final CallbackQueue queue;
  private final InstantSource clock;
  private final NewerAttempts newer;

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
    this.newer = new NewerAttempts(events, log);
  }

  /** How a delivery is resent; see {@link WebhookId}. */
  public enum Mode {
    /** With others, by a bulk request or an operator, and with the last {@code webhook-id}. */
    WITH_OTHERS,
    /** By a person, with the last {@code webhook-id}; a receiver that drops repeats drops it. */
    REPEATED,
    /** By a person, with a new {@code webhook-id}. */
    FORCED
  }

  /** Resends this delivery, if possible. */
  public Result resend(String affiliateId, String deliveryId, Mode mode) {
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
    return resend(row, 0, mode);
  }

  private boolean isPending(String affiliateId, String deliveryId) {
    EventId eventId = EventId.findOfDelivery(deliveryId);
    if (eventId == null) {
      return false;
    }
    ConversionEvent event = events.find(affiliateId, eventId);
    String postbackId = EventId.postbackOfDelivery(deliveryId);
    return event != null && (event.sends(postbackId) || event.holds(postbackId));
  }

  /**
   * The same for a row that was read and whose postback may send.
   *
   * @param asked the attempt for which a message has already been enqueued; 0 for none
   */
  Result resend(Delivery read, int asked, Mode mode) {
    Delivery row = read;
    int enqueued = asked;
    for (int i = 0; i < TRIES && row != null; i++) {
      if (row.state() == DeliveryState.PENDING) {
        return new Result.NotStarted();
      }
      if (mode != Mode.FORCED
          && row.state() == DeliveryState.DELIVERED
          && enqueued > 0
          && row.history().count() >= enqueued) {
        // The delivery has succeeded in the meantime, so it need not be sent again.
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
      Delivery resent = row.resent(now, mode);
      if (log.save(resent)) {
        return new Result.Resent(resent);
      }
      row = log.find(row.callback().affiliateId(), row.id());
    }
    return row == null ? new Result.Unknown() : new Result.Busy();
  }

  /** Whether a newer event has been attempted, and the postback does not want older ones then. */
  boolean isStale(Delivery row, Postback postback) {
    return postback.settings().sending().dropsStale() && newer.find(row.callback()) != null;
  }

  static int nextAttempt(Delivery row) {
    return row.history().count() + 1;
  }

  /** The message for the next attempt of this row. */
  static CallbackMessage message(Delivery row, Instant now) {
    return new CallbackMessage(row.callback(), nextAttempt(row), now.plus(HEAD_START), now);
  }
}

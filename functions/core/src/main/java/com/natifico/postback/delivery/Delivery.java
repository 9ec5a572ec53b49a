package com.natifico.postback.delivery;

import com.natifico.postback.delivery.DeliveryStatus.Delivered;
import com.natifico.postback.delivery.DeliveryStatus.Failed;
import com.natifico.postback.delivery.DeliveryStatus.Held;
import com.natifico.postback.delivery.DeliveryStatus.Pending;
import com.natifico.postback.delivery.DeliveryStatus.Retrying;
import com.natifico.postback.delivery.DeliveryStatus.Superseded;
import com.natifico.postback.delivery.DeliveryStatus.Unsent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One callback from acceptance to its final state: one row of the delivery log. Every change
 * creates a new value with the next revision, which is stored only if the stored row has the
 * previous revision.
 *
 * @param lease the right to make the next attempt; null or expired if no worker has it
 * @param wakeAt when the {@link Timer} looks at the row; null if nothing is to be done for it
 * @param revision how often the row was written, from 1
 */
public record Delivery(
    Callback callback,
    DeliveryStatus status,
    AttemptHistory history,
    @Nullable Lease lease,
    @Nullable Instant wakeAt,
    int revision) {

  /** A row that the timer does not know. */
  public Delivery(
      Callback callback,
      DeliveryStatus status,
      AttemptHistory history,
      @Nullable Lease lease,
      int revision) {
    this(callback, status, history, lease, null, revision);
  }

  /** A row that does not exist yet: pending, with revision 0; it is never stored itself. */
  public static Delivery unrecorded(Callback callback) {
    return new Delivery(callback, new Pending(), AttemptHistory.NONE, null, 0);
  }

  public String id() {
    return callback.deliveryId();
  }

  public DeliveryState state() {
    return status.state();
  }

  /** Oldest first. */
  public List<Attempt> attempts() {
    return history.attempts();
  }

  /** Null unless the delivery is retrying. */
  public @Nullable Instant nextAttemptAt() {
    return status instanceof Retrying retrying ? retrying.nextAttemptAt() : null;
  }

  /** See {@link DeliveryStatus}. */
  public @Nullable String recordedBy() {
    return switch (status) {
      case Retrying retrying -> retrying.recordedBy();
      case Failed failed -> failed.recordedBy();
      case Pending _, Delivered _, Unsent _, Held _, Superseded _ -> null;
    };
  }

  /** Why the delivery failed without a failed attempt; null otherwise. */
  public @Nullable UnsentReason reason() {
    return status instanceof Unsent unsent ? unsent.reason() : null;
  }

  /** Why the delivery failed; null unless it did. */
  public @Nullable FailedReason failedReason() {
    return switch (status) {
      case Failed _ -> {
        Attempt last = history.last();
        yield last == null ? null : FailedReason.after(last);
      }
      case Unsent unsent -> unsent.reason().failedReason();
      case Pending _, Retrying _, Delivered _, Held _, Superseded _ -> null;
    };
  }

  /** Whether its request was too large to be stored completely, so that it cannot be sent. */
  public boolean isTooLarge() {
    return reason() == UnsentReason.REQUEST_TOO_LARGE;
  }

  /** The newer event because of which the delivery was not sent; null if there is none. */
  public @Nullable String supersededBy() {
    return status instanceof Superseded(String by) ? by : null;
  }

  /** When the lease ends; null without one. */
  public @Nullable Instant leasedUntil() {
    return lease == null ? null : lease.until();
  }

  /** Whether a worker is making an attempt. */
  public boolean isLeased(Instant now) {
    return leaseAt(now) != null;
  }

  /** The lease that is valid now; null if none is. */
  @Nullable Lease leaseAt(Instant now) {
    return lease != null && lease.isValid(now) ? lease : null;
  }

  /** A pending row, which makes every later message acquire the lease before it sends. */
  public Delivery pending() {
    return next(new Pending(), history, null);
  }

  /** The same, with a message that the timer replaces if it is lost, from that time on. */
  public Delivery pending(Instant checkedAt) {
    return pending().wakingAt(checkedAt);
  }

  /** Leased to the worker that makes the next attempt. */
  public Delivery leased(Instant until) {
    return next(status, history, new Lease(until)).wakingAt(wakeAt);
  }

  /** With the due attempt deferred until then. */
  public Delivery deferred(Instant until, Instant now) {
    return next(new Retrying(until, null), history, null).waking(wakeAt, now);
  }

  /** The same row, at which the timer looks at that time; null if it need not. */
  Delivery awaiting(@Nullable Instant time) {
    return next(status, history, lease).wakingAt(time);
  }

  /** Whether the next attempt is made because of the timer, so that it needs no other message. */
  boolean isTimed() {
    return wakeAt != null && wakeAt.equals(nextAttemptAt());
  }

  /** With one more attempt and a retry at that time. */
  public Delivery retrying(Attempt attempt, Instant nextAttemptAt, String recordedBy) {
    return next(new Retrying(nextAttemptAt, recordedBy), history.with(attempt), null)
        .waking(wakeAt, attempt.endedAt());
  }

  /** The same for an attempt that does not count for the schedule. */
  public Delivery retryingUncounted(Attempt attempt, Instant nextAttemptAt, String recordedBy) {
    return next(new Retrying(nextAttemptAt, recordedBy), history.withUncounted(attempt), null)
        .waking(wakeAt, attempt.endedAt());
  }

  /** With one more attempt, which was successful. */
  public Delivery delivered(Attempt attempt) {
    return next(new Delivered(), history.with(attempt), null);
  }

  /** With one more attempt, the last one. */
  public Delivery failed(Attempt attempt, String recordedBy) {
    return next(new Failed(recordedBy), history.with(attempt), null);
  }

  /** Failed without another attempt. */
  public Delivery unsent(UnsentReason reason) {
    return next(new Unsent(reason), history, null);
  }

  /** Not sent, because its postback is paused. */
  public Delivery held() {
    return next(new Held(), history, null);
  }

  /** Not sent, because this newer event had already been attempted. */
  public Delivery superseded(String by) {
    return next(new Superseded(by), history, null);
  }

  /** To be sent again now, with a complete new schedule; the lease does not change. */
  public Delivery resent(Instant now) {
    return resent(now, Resend.Mode.WITH_OTHERS);
  }

  /** The same, requested in this way. */
  Delivery resent(Instant now, Resend.Mode mode) {
    return next(new Retrying(now, null), history.restarted(mode, revision + 1), lease)
        .waking(wakeAt, now);
  }

  /** The {@code webhook-id} of its next request. */
  String webhookId() {
    return history.webhookId().value(id());
  }

  /** The same change of a row that another worker has leased in the meantime. */
  Delivery withLease(@Nullable Lease other) {
    return new Delivery(callback, status, history, other, wakeAt, revision);
  }

  /** The same change, which was delayed until now. */
  Delivery delayed(Instant now) {
    return waking(wakeAt, now);
  }

  private Delivery waking(@Nullable Instant current, Instant now) {
    Instant due = nextAttemptAt();
    return due == null ? this : wakingAt(WakeTime.of(due, current, now));
  }

  private Delivery wakingAt(@Nullable Instant time) {
    return new Delivery(callback, status, history, lease, time, revision);
  }

  private Delivery next(DeliveryStatus next, AttemptHistory attempts, @Nullable Lease taken) {
    return new Delivery(callback, next, attempts, taken, revision + 1);
  }
}

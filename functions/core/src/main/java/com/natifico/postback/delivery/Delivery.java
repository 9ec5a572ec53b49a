package com.natifico.postback.delivery;

import com.natifico.postback.delivery.DeliveryStatus.Delivered;
import com.natifico.postback.delivery.DeliveryStatus.Failed;
import com.natifico.postback.delivery.DeliveryStatus.Held;
import com.natifico.postback.delivery.DeliveryStatus.Pending;
import com.natifico.postback.delivery.DeliveryStatus.Retrying;
import com.natifico.postback.delivery.DeliveryStatus.Unsent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one callback: one row of the delivery log. Every change is a new value with the next
 * revision, which is stored on condition that the stored one is the revision before.
 *
 * @param lease who makes the next attempt; null or expired if no worker does
 * @param revision how often the row was written, from 1
 */
public record Delivery(
    Callback callback,
    DeliveryStatus status,
    AttemptHistory history,
    @Nullable Lease lease,
    int revision) {

  /** The row that does not exist yet: pending, revision 0; never stored itself. */
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

  /** Null unless it is retrying. */
  public @Nullable Instant nextAttemptAt() {
    return status instanceof Retrying retrying ? retrying.nextAttemptAt() : null;
  }

  /** See {@link DeliveryStatus}. */
  public @Nullable String recordedBy() {
    return switch (status) {
      case Retrying retrying -> retrying.recordedBy();
      case Failed failed -> failed.recordedBy();
      case Pending _, Delivered _, Unsent _, Held _ -> null;
    };
  }

  /** Why it failed when no attempt says so; otherwise null. */
  public @Nullable UnsentReason reason() {
    return status instanceof Unsent unsent ? unsent.reason() : null;
  }

  /** Whether its request was too large to be stored whole, so that there is nothing to send. */
  public boolean isTooLarge() {
    return reason() == UnsentReason.REQUEST_TOO_LARGE;
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

  /** A pending row, which makes every message from now on take the lease before it sends. */
  public Delivery pending() {
    return next(new Pending(), history, null);
  }

  /** Leased to the worker that makes the next attempt. */
  public Delivery leased(Instant until) {
    return next(status, history, new Lease(until));
  }

  /** With the due attempt deferred until then. */
  public Delivery deferred(Instant until) {
    return next(new Retrying(until, null), history, null);
  }

  /** With one more attempt, after which it is retried at that time. */
  public Delivery retrying(Attempt attempt, Instant nextAttemptAt, String recordedBy) {
    return next(new Retrying(nextAttemptAt, recordedBy), history.with(attempt), null);
  }

  /** The same for an attempt that is not one of the schedule. */
  public Delivery retryingUncounted(Attempt attempt, Instant nextAttemptAt, String recordedBy) {
    return next(new Retrying(nextAttemptAt, recordedBy), history.withUncounted(attempt), null);
  }

  /** With one more attempt, which delivered it. */
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

  /** To be sent again now, with a whole new schedule; the lease remains as it is. */
  public Delivery resent(Instant now) {
    return next(new Retrying(now, null), history.restarted(), lease);
  }

  /** The same change of a row that another worker has leased meanwhile. */
  Delivery withLease(@Nullable Lease other) {
    return new Delivery(callback, status, history, other, revision);
  }

  private Delivery next(DeliveryStatus next, AttemptHistory attempts, @Nullable Lease taken) {
    return new Delivery(callback, next, attempts, taken, revision + 1);
  }
}

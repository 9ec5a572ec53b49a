package com.natifico.postback.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one callback: one row of the delivery log. Every change is a new value with the next
 * revision, written on condition that the stored one is the revision before.
 *
 * @param nextAttemptAt null unless it is retrying
 * @param scheduleStart how many attempts had been made when the current schedule began: 0, or more
 *     after a resend
 * @param leasedUntil until when somebody is making an attempt, so that a second message does not;
 *     null if nobody is
 * @param recordedBy the name of the message that made the last attempt, so that, when it comes
 *     back, it does again what follows the record; null if nothing does
 * @param reason why it failed when no attempt says so, {@code postback_deleted} or {@link
 *     #REQUEST_TOO_LARGE}; else null
 * @param revision from 1; how often the row was written
 */
public record Delivery(
    Callback callback,
    DeliveryState state,
    List<Attempt> attempts,
    @Nullable Instant nextAttemptAt,
    int scheduleStart,
    @Nullable Instant leasedUntil,
    @Nullable String recordedBy,
    @Nullable String reason,
    int revision) {
  /** The reason of one whose request is not kept whole, and which is never sent. */
  public static final String REQUEST_TOO_LARGE = "request_too_large";

  public Delivery {
    attempts = List.copyOf(attempts);
  }

  /** The row that is not there yet: pending, revision 0, to be derived from and never stored. */
  public static Delivery unrecorded(Callback callback) {
    return new Delivery(callback, DeliveryState.PENDING, List.of(), null, 0, null, null, null, 0);
  }

  public String id() {
    return callback.deliveryId();
  }

  /** A pending row, which makes every message from now on take the lease before it sends. */
  public Delivery pending() {
    return next(DeliveryState.PENDING, attempts, null, scheduleStart, null, null, null);
  }

  /** The same, taken by somebody who makes the next attempt. */
  public Delivery leased(Instant until) {
    return next(state, attempts, nextAttemptAt, scheduleStart, until, recordedBy, reason);
  }

  /** The same change, on a row that somebody else has taken meanwhile. */
  Delivery stillLeased(@Nullable Instant until) {
    return new Delivery(
        callback,
        state,
        attempts,
        nextAttemptAt,
        scheduleStart,
        until,
        recordedBy,
        reason,
        revision);
  }

  /** With the attempt that is due put off until then, because its endpoint rests. */
  public Delivery putOff(Instant until) {
    return next(state, attempts, until, scheduleStart, null, null, reason);
  }

  /** With one more attempt, after which it is retried at that time. */
  public Delivery retrying(Attempt attempt, Instant nextAttemptAt, String recordedBy) {
    return next(
        DeliveryState.RETRYING,
        with(attempt),
        nextAttemptAt,
        scheduleStart,
        null,
        recordedBy,
        null);
  }

  /** With one more attempt, which delivered it. */
  public Delivery delivered(Attempt attempt) {
    return next(DeliveryState.DELIVERED, with(attempt), null, scheduleStart, null, null, null);
  }

  /** With one more attempt, the last one. */
  public Delivery failed(Attempt attempt, String recordedBy) {
    return next(DeliveryState.FAILED, with(attempt), null, scheduleStart, null, recordedBy, null);
  }

  /** Failed without another attempt, for this reason. */
  public Delivery failed(String reason) {
    return next(DeliveryState.FAILED, attempts, null, scheduleStart, null, null, reason);
  }

  /** Not sent, because its postback is paused. */
  public Delivery held() {
    return next(DeliveryState.HELD, attempts, null, scheduleStart, null, null, null);
  }

  /** To be sent again now, with the whole schedule behind it; the lease stays as it is. */
  public Delivery resent(Instant now) {
    return next(DeliveryState.RETRYING, attempts, now, attempts.size(), leasedUntil, null, null);
  }

  /** How many attempts the current schedule has seen. */
  public int attemptsOfSchedule() {
    return attempts.size() - scheduleStart;
  }

  /** Whether its request was too large to be kept, so that there is nothing to send. */
  public boolean isTooLarge() {
    return REQUEST_TOO_LARGE.equals(reason);
  }

  /** Whether somebody is making an attempt. */
  public boolean isLeased(Instant now) {
    return leasedUntil != null && leasedUntil.isAfter(now);
  }

  private List<Attempt> with(Attempt attempt) {
    return java.util.stream.Stream.concat(attempts.stream(), java.util.stream.Stream.of(attempt))
        .toList();
  }

  private Delivery next(
      DeliveryState state,
      List<Attempt> attempts,
      @Nullable Instant nextAttemptAt,
      int scheduleStart,
      @Nullable Instant leasedUntil,
      @Nullable String recordedBy,
      @Nullable String reason) {
    return new Delivery(
        callback,
        state,
        attempts,
        nextAttemptAt,
        scheduleStart,
        leasedUntil,
        recordedBy,
        reason,
        revision + 1);
  }
}

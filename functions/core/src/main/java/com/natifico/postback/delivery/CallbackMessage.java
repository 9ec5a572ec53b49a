package com.natifico.postback.delivery;

import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.Postback;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of CallbackQueue, RetryQueue and SlowQueue, about one attempt of one delivery.
 *
 * @param attempt the number of the attempt, from 1. If the attempt is already in the log, the
 *     message has nothing to send. Several messages may ask for the same attempt (a repeat, a
 *     resend, a queue that delivers twice); the lease in the delivery's row lets only one of them
 *     make it.
 * @param dueAt nothing is done before; a message received earlier is enqueued again
 * @param sentAt when it was first enqueued; enqueuing it again does not change it
 * @param refusedSince since when a store that the message needs has been unavailable; null if none
 *     is
 */
public record CallbackMessage(
    Callback callback,
    int attempt,
    Instant dueAt,
    Instant sentAt,
    @Nullable Instant refusedSince,
    Task task) {

  /** What the message asks for. */
  public sealed interface Task {
    /**
     * Make the attempt.
     *
     * @param redrive whether an operator has moved the message back from the dead-letter queue: a
     *     failed delivery is then resent
     * @param deferral null if the attempt is not deferred
     */
    record Send(boolean redrive, @Nullable Deferral deferral) implements Task {
      public static final Send USUAL = new Send(false, null);

      boolean isDeferredBy(Deferral.Cause cause) {
        return deferral != null && deferral.cause() == cause;
      }

      boolean isInSlowLane() {
        return isDeferredBy(Deferral.Cause.ENDPOINT) || isDeferredBy(Deferral.Cause.PACE);
      }

      Send deferred(Deferral.Cause cause, Instant now) {
        return new Send(redrive, new Deferral(deferral == null ? now : deferral.since(), cause));
      }
    }

    /** Store the attempt, which was made while the log could not be written. No request is sent. */
    record Store(MadeAttempt made) implements Task {}
  }

  /**
   * The message of a callback's first attempt, which belongs to the slow lane from the start if its
   * endpoint is slow or takes a limited number of requests.
   */
  public static CallbackMessage first(Callback callback, Postback postback, Instant now) {
    Deferral.Cause cause =
        callback.test()
            ? null
            : switch (postback.circuit()) {
              case Circuit.Slow _, Circuit.Open _ -> Deferral.Cause.ENDPOINT;
              case Circuit.Closed _ -> postback.isPaced(now) ? Deferral.Cause.PACE : null;
            };
    Task task = cause == null ? Task.Send.USUAL : Task.Send.USUAL.deferred(cause, now);
    return new CallbackMessage(callback, 1, now, now, null, task);
  }

  /** A message that asks for an attempt and is neither redriven nor deferred. */
  public CallbackMessage(Callback callback, int attempt, Instant dueAt, Instant sentAt) {
    this(callback, attempt, dueAt, sentAt, null, Task.Send.USUAL);
  }

  /** A message that an operator has moved back from the dead-letter queue. */
  public static CallbackMessage redriven(
      Callback callback, int attempt, Instant dueAt, Instant sentAt) {
    return new CallbackMessage(callback, attempt, dueAt, sentAt, null, new Task.Send(true, null));
  }

  /**
   * Whether the message belongs to the queue whose workers make the attempts at endpoints that are
   * slow or take a limited number of requests: it was deferred because of its endpoint.
   */
  public boolean isInSlowLane() {
    return task instanceof Task.Send send && send.isInSlowLane();
  }

  /**
   * The name that an attempt's row stores for the message that made it. The name stays the same
   * when the queue redelivers the message, when it is enqueued again and when it is moved to
   * another queue, all of which change its ids. If the worker that made the attempt has crashed,
   * the next worker that receives the message can therefore continue.
   */
  String name() {
    return attempt + "@" + sentAt;
  }

  /**
   * A message with this name, for the actions that follow the attempt that it made.
   *
   * @return null if it is not the name of a message
   */
  static @Nullable CallbackMessage named(Callback callback, String name, Instant now) {
    int at = name.indexOf('@');
    try {
      return new CallbackMessage(
          callback,
          Integer.parseInt(name.substring(0, Math.max(at, 0))),
          now,
          Instant.parse(name.substring(at + 1)));
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }

  /** The same message, due later. */
  public CallbackMessage dueAt(Instant later) {
    return new CallbackMessage(callback, attempt, later, sentAt, refusedSince, task);
  }

  /** The same message, due at that time because a store is unavailable. */
  CallbackMessage refused(Instant now, Instant again) {
    return new CallbackMessage(
        callback, attempt, again, sentAt, refusedSince == null ? now : refusedSince, task);
  }

  /**
   * The same message with another task, due at that time; earlier unavailability no longer counts.
   */
  CallbackMessage with(Task other, Instant due) {
    return new CallbackMessage(callback, attempt, due, sentAt, null, other);
  }
}

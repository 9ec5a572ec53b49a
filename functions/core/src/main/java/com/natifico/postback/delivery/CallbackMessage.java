package com.natifico.postback.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of CallbackQueue and RetryQueue, about one attempt of one delivery.
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

      Send deferred(Deferral.Cause cause, Instant now) {
        return new Send(redrive, new Deferral(deferral == null ? now : deferral.since(), cause));
      }
    }

    /** Store the attempt, which was made while the log could not be written. No request is sent. */
    record Store(MadeAttempt made) implements Task {}
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
   * The name that an attempt's row stores for the message that made it. The name stays the same
   * when the queue redelivers the message, when it is enqueued again and when it is moved to
   * another queue, all of which change its ids. If the worker that made the attempt has crashed,
   * the next worker that receives the message can therefore continue.
   */
  String name() {
    return attempt + "@" + sentAt;
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

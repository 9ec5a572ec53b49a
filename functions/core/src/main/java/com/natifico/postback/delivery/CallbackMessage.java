package com.natifico.postback.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of CallbackQueue and RetryQueue, about one attempt of one delivery.
 *
 * @param attempt the number of the attempt, from 1. A message whose attempt is in the log already
 *     has nothing to send. Several messages may ask for the same attempt (a repeat, a resend, a
 *     queue that delivers twice); the lease in the delivery's row lets one of them make it.
 * @param dueAt nothing is done before; a message received earlier is enqueued again
 * @param sentAt when it was first enqueued; enqueuing it again does not change it
 * @param refusedSince since when a store refuses what the message needs; null if none does
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
     * @param redrive whether an operator has moved the message back from the dead-letter queue:
     *     then a failed delivery is resent
     * @param deferral null if the attempt is not deferred
     */
    record Send(boolean redrive, @Nullable Deferral deferral) implements Task {
      public static final Send USUAL = new Send(false, null);

      Send deferred(Deferral.Cause cause, Instant now) {
        return new Send(redrive, new Deferral(deferral == null ? now : deferral.since(), cause));
      }
    }

    /** Store the attempt, which was made while the log could not be written; never a request. */
    record Store(MadeAttempt made) implements Task {}
  }

  /** One that asks for an attempt and is neither redriven nor deferred. */
  public CallbackMessage(Callback callback, int attempt, Instant dueAt, Instant sentAt) {
    this(callback, attempt, dueAt, sentAt, null, Task.Send.USUAL);
  }

  /** One that an operator has moved back from the dead-letter queue. */
  public static CallbackMessage redriven(
      Callback callback, int attempt, Instant dueAt, Instant sentAt) {
    return new CallbackMessage(callback, attempt, dueAt, sentAt, null, new Task.Send(true, null));
  }

  /**
   * How the row of an attempt names the message that made it. The name stays the same when the
   * queue delivers the message again, when it is enqueued again and when it is moved to another
   * queue, all of which give it new ids. So if the worker that made the attempt has died, the next
   * one that receives the message does what follows from it.
   */
  String name() {
    return attempt + "@" + sentAt;
  }

  /** The same one, later. */
  public CallbackMessage dueAt(Instant later) {
    return new CallbackMessage(callback, attempt, later, sentAt, refusedSince, task);
  }

  /** The same one at that time, because a store refuses what it needs. */
  CallbackMessage refused(Instant now, Instant again) {
    return new CallbackMessage(
        callback, attempt, again, sentAt, refusedSince == null ? now : refusedSince, task);
  }

  /** The same one with another task, at that time; earlier refusals no longer count. */
  CallbackMessage with(Task other, Instant due) {
    return new CallbackMessage(callback, attempt, due, sentAt, null, other);
  }
}

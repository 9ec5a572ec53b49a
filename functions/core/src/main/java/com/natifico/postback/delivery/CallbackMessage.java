package com.natifico.postback.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of CallbackQueue and RetryQueue, which asks for one attempt of one delivery.
 *
 * @param attempt the number of the attempt that it asks for, from 1. A message whose attempt is in
 *     the log already has nothing to send. Several messages may ask for the same attempt (a repeat,
 *     a resend, a queue that delivers twice); the lease in the delivery's row lets one of them make
 *     it.
 * @param dueAt the attempt is not made before; a message received earlier is enqueued again
 * @param sentAt when it was first enqueued; enqueuing it again does not change it
 * @param redrive whether an operator has moved it back from the dead-letter queue: then a failed
 *     delivery is resent
 * @param deferredSince since when its attempt is due and deferred because its endpoint times out;
 *     null if it is not
 */
public record CallbackMessage(
    Callback callback,
    int attempt,
    Instant dueAt,
    Instant sentAt,
    boolean redrive,
    @Nullable Instant deferredSince) {

  /** One that is neither redriven nor deferred. */
  public CallbackMessage(Callback callback, int attempt, Instant dueAt, Instant sentAt) {
    this(callback, attempt, dueAt, sentAt, false, null);
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
  CallbackMessage dueAt(Instant later) {
    return new CallbackMessage(callback, attempt, later, sentAt, redrive, deferredSince);
  }

  /** The same one, deferred until then. */
  CallbackMessage deferred(Instant now, Instant until) {
    return new CallbackMessage(
        callback, attempt, until, sentAt, redrive, deferredSince == null ? now : deferredSince);
  }
}

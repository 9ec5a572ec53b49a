package com.natifico.postback.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What travels on CallbackQueue and RetryQueue: "make this attempt of this delivery".
 *
 * @param attempt the number of the attempt that it asks for, from 1. A message whose attempt is in
 *     the log already has nothing to send. Several messages may ask for the same attempt (a repeat,
 *     a resend, a queue that delivers twice); the lease in the delivery's row lets one of them make
 *     it.
 * @param dueAt not to be sent before; a message that comes earlier travels on
 * @param sentAt when it was first put on a queue; hops keep it
 * @param redrive whether an operator has moved it back from the dead-letter queue: then it sends
 *     again a delivery that has failed
 * @param putOffSince since when its attempt is due and put off because the endpoint rests; null if
 *     it is not
 */
public record CallbackMessage(
    Callback callback,
    int attempt,
    Instant dueAt,
    Instant sentAt,
    boolean redrive,
    @Nullable Instant putOffSince) {

  /** One that is on its way by itself. */
  public CallbackMessage(Callback callback, int attempt, Instant dueAt, Instant sentAt) {
    this(callback, attempt, dueAt, sentAt, false, null);
  }

  /**
   * What this message is called in the row of the attempt that it made. It is the same however
   * often the queue hands the message out, on every hop, and behind a move from one queue to
   * another, all of which give it new ids; so whoever has it in hand, if the worker that made the
   * attempt has died, does what follows.
   */
  String name() {
    return attempt + "@" + sentAt;
  }

  /** The same one, later. */
  CallbackMessage dueAt(Instant later) {
    return new CallbackMessage(callback, attempt, later, sentAt, redrive, putOffSince);
  }

  /** The same one, put off until then. */
  CallbackMessage putOff(Instant now, Instant until) {
    return new CallbackMessage(
        callback, attempt, until, sentAt, redrive, putOffSince == null ? now : putOffSince);
  }
}

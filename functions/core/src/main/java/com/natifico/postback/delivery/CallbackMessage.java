package com.natifico.postback.delivery;

import java.time.Instant;

/**
 * What travels on CallbackQueue and RetryQueue.
 *
 * @param turn which message of the delivery this is. 0 is the one that acceptance enqueues; every
 *     later one (a retry, a resend, a repeat's take-over) has the turn that the delivery's row
 *     carries. A message whose turn is over gives way.
 * @param dueAt not to be sent before; a message that comes earlier travels on
 * @param sentAt when it was first put on a queue; hops keep it
 */
public record CallbackMessage(Callback callback, int turn, Instant dueAt, Instant sentAt) {}

package com.natifico.postback.delivery;

import java.time.Instant;

/**
 * What travels on CallbackQueue and RetryQueue: "make this attempt of this delivery".
 *
 * @param attempt the number of the attempt that it asks for, from 1. A message whose attempt is in
 *     the log already has nothing to send. Several messages may ask for the same attempt (a repeat,
 *     a resend, a queue that delivers twice); the lease in the delivery's row lets one of them make
 *     it.
 * @param dueAt not to be sent before; a message that comes earlier travels on
 * @param sentAt when it was first put on a queue; hops keep it
 */
public record CallbackMessage(Callback callback, int attempt, Instant dueAt, Instant sentAt) {}

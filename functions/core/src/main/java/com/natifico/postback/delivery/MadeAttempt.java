package com.natifico.postback.delivery;

import java.time.Instant;

/**
 * An attempt that was made and is to be recorded.
 *
 * @param at when it began, to the millisecond
 * @param messageName which message made it, see {@link CallbackMessage#name}
 */
record MadeAttempt(Instant at, Instant endedAt, Transport.Exchange exchange, String messageName) {}

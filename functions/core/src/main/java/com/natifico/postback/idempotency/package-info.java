/**
 * Requests that a client may repeat without knowing whether the first one was received. The client
 * names a request with a key; a {@link com.natifico.postback.idempotency.FirstAnswers} keeps the
 * answer to the first one with this name for a day, and of its content only a digest.
 */
@NullMarked
package com.natifico.postback.idempotency;

import org.jspecify.annotations.NullMarked;

/**
 * Limits the requests of one caller. A {@link Rate} is a token bucket; {@link CallLimits} keeps the
 * buckets of an affiliate's expensive requests in a store, and {@link KeyLimits} those of a key's
 * other requests in the memory of one function.
 */
@NullMarked
package com.natifico.postback.limit;

import org.jspecify.annotations.NullMarked;

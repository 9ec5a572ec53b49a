/** Enqueues retries when they are due: once a minute, from the wake times of the delivery log. */
@NullMarked
package com.natifico.postback.functions.timer;

import org.jspecify.annotations.NullMarked;

/** Receives conversions and enqueues their callbacks; runs test conversions. */
@NullMarked
package com.natifico.postback.functions.conversion;

import org.jspecify.annotations.NullMarked;

/** Conversions in, callbacks onto the queue; test conversions. */
@NullMarked
package com.natifico.postback.functions.conversion;

import org.jspecify.annotations.NullMarked;

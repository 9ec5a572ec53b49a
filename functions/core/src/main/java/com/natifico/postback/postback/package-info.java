/** An affiliate's stored callbacks, and which of them an event calls for. */
@NullMarked
package com.natifico.postback.postback;

import org.jspecify.annotations.NullMarked;

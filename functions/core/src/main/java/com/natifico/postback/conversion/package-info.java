/** Conversions in: what they are, and how one is accepted. */
@NullMarked
package com.natifico.postback.conversion;

import org.jspecify.annotations.NullMarked;

/** The packaged functions, loaded and invoked as Lambda's Java runtime does it. */
@NullMarked
package com.natifico.postback.local.function;

import org.jspecify.annotations.NullMarked;

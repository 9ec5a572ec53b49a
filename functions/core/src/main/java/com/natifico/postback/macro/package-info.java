/** Macros, and the templates that they are written in. */
@NullMarked
package com.natifico.postback.macro;

import org.jspecify.annotations.NullMarked;

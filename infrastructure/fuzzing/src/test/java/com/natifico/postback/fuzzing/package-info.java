/** Hostile input, guided by coverage. */
@NullMarked
package com.natifico.postback.fuzzing;

import org.jspecify.annotations.NullMarked;

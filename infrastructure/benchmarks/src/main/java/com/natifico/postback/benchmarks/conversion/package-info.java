/** Compares accepting conversions with the same SDK calls made directly. */
@NullMarked
package com.natifico.postback.benchmarks.conversion;

import org.jspecify.annotations.NullMarked;

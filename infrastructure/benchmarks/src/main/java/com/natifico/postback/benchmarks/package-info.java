/** Measures each budget against a baseline in the same run. */
@NullMarked
package com.natifico.postback.benchmarks;

import org.jspecify.annotations.NullMarked;

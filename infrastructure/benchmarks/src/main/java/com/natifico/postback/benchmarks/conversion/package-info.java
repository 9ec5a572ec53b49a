/** Accepting conversions against the bare SDK calls that it makes. */
@NullMarked
package com.natifico.postback.benchmarks.conversion;

import org.jspecify.annotations.NullMarked;

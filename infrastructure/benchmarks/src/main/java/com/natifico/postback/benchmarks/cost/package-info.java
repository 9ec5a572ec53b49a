/** Dollars per million conversions, from counted requests and list prices. */
@NullMarked
package com.natifico.postback.benchmarks.cost;

import org.jspecify.annotations.NullMarked;

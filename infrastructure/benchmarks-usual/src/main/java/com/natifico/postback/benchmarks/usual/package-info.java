/** The baseline of the cold start: the conversion function as it is usually written. */
@NullMarked
package com.natifico.postback.benchmarks.usual;

import org.jspecify.annotations.NullMarked;

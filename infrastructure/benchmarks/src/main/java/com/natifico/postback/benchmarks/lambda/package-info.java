/** A packaged function under Lambda's real runtime interface client. */
@NullMarked
package com.natifico.postback.benchmarks.lambda;

import org.jspecify.annotations.NullMarked;

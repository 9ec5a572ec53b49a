/** The whole way on one machine, against the engines' bare operations. */
@NullMarked
package com.natifico.postback.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;

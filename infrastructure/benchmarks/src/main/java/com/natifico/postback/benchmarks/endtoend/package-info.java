/** A conversion from push to delivery on one machine, compared with the engines' operations. */
@NullMarked
package com.natifico.postback.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;

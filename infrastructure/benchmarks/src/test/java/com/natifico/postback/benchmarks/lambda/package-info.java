@NullMarked
package com.natifico.postback.benchmarks.lambda;

import org.jspecify.annotations.NullMarked;

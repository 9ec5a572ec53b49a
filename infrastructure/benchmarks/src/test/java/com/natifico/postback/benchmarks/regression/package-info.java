@NullMarked
package com.natifico.postback.benchmarks.regression;

import org.jspecify.annotations.NullMarked;

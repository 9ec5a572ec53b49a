/** Values that are the same on every machine and must not grow unnoticed. */
@NullMarked
package com.natifico.postback.benchmarks.regression;

import org.jspecify.annotations.NullMarked;

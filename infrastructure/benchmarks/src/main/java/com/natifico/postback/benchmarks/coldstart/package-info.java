/**
 * Measures how long the packages take to start, compared with a function written in the usual way.
 */
@NullMarked
package com.natifico.postback.benchmarks.coldstart;

import org.jspecify.annotations.NullMarked;

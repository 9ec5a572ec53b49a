/**
 * Child processes for the other side of a measurement, so that its processor time is not counted.
 */
@NullMarked
package com.natifico.postback.benchmarks.process;

import org.jspecify.annotations.NullMarked;

/** Processes beside the measured one: whoever answers must not be counted with whoever asks. */
@NullMarked
package com.natifico.postback.benchmarks.process;

import org.jspecify.annotations.NullMarked;

/** How long the packages take to start, against one that is written the usual way. */
@NullMarked
package com.natifico.postback.benchmarks.coldstart;

import org.jspecify.annotations.NullMarked;

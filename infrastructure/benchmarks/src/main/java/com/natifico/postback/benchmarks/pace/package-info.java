/** A bulk approval for a tracker that takes a limited number of requests, on a virtual clock. */
@NullMarked
package com.natifico.postback.benchmarks.pace;

import org.jspecify.annotations.NullMarked;

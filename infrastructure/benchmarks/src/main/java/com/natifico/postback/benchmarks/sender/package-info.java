/** Compares sending callbacks with a bare HttpClient 5 loop and with the endpoints' own latency. */
@NullMarked
package com.natifico.postback.benchmarks.sender;

import org.jspecify.annotations.NullMarked;

/** Sending callbacks against a bare HttpClient 5 loop, and against their endpoints' own time. */
@NullMarked
package com.natifico.postback.benchmarks.sender;

import org.jspecify.annotations.NullMarked;

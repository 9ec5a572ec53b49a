@NullMarked
package com.natifico.postback.benchmarks.conversion;

import org.jspecify.annotations.NullMarked;

/** The budgets of the design, each measured against a baseline in the same run. */
@NullMarked
package com.natifico.postback.benchmarks;

import org.jspecify.annotations.NullMarked;

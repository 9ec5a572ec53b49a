/** Counts the changes of the delivery log, from the stream of its table. */
@NullMarked
package com.natifico.postback.functions.statistics;

import org.jspecify.annotations.NullMarked;

/**
 * Exact counters of what happened to callbacks, by affiliate, postback and hour.
 *
 * <p>{@link com.natifico.postback.statistics.Counters#of} is what one row of the delivery log
 * contributes. A change of the row adds the difference between the contributions of its new and its
 * old version, so that the counters always equal the sum over the rows. The hour is that in which
 * the conversion event was claimed, which never changes: a delivery that succeeds at its third
 * attempt moves from retrying to delivered within that hour.
 *
 * <p>The changes are meant to come from the stream of the log. Lambda processes the changes of one
 * shard in order the first time, and may process them again after a failure, then perhaps in
 * another order (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html">Stateful DynamoDB
 * stream processing</a>). This holds for one batch per shard at a time, so that the mapping needs
 * {@code ParallelizationFactor} 1. Only an event of a tumbling window names its shard, so that the
 * mapping needs such a window too. {@link com.natifico.postback.statistics.StatisticsStore} counts
 * each of them once: a row of counters stores, for every shard, the last change that it contains.
 */
@NullMarked
package com.natifico.postback.statistics;

import org.jspecify.annotations.NullMarked;

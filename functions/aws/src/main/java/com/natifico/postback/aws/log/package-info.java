/**
 * Log lines, one JSON object each ({@link Log}). {@link JsonOutput} writes the lines and those of
 * the metrics.
 */
@NullMarked
package com.natifico.postback.aws.log;

import org.jspecify.annotations.NullMarked;

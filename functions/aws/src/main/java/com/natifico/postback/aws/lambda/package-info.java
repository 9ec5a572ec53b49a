/**
 * Lambda's events and responses as JSON, without the runtime's own mapping, and the ids of an
 * invocation in its log lines ({@link Invocation}).
 */
@NullMarked
package com.natifico.postback.aws.lambda;

import org.jspecify.annotations.NullMarked;

/**
 * The core's ports on AWS, and what a function needs to run there: clients ({@code client}), stores
 * ({@code dynamodb}), queues and their messages ({@code sqs}), events ({@code lambda}), what
 * happens before and after a snapshot ({@code snapshot}), log lines ({@code log}) and metrics
 * ({@code metric}).
 */
@NullMarked
package com.natifico.postback.aws;

import org.jspecify.annotations.NullMarked;

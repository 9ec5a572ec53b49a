/**
 * The queues on SQS: up to ten messages in a request, requests in parallel, messages grouped by
 * endpoint so that a slow one delays itself only.
 */
@NullMarked
package com.natifico.postback.aws.sqs;

import org.jspecify.annotations.NullMarked;

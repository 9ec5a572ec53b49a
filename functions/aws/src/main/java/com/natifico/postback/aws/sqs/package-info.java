/**
 * The queues on SQS: up to ten messages per request, requests in parallel, messages grouped by
 * endpoint so that a slow endpoint delays only its own messages. {@link CallbackMessageCodec} and
 * {@link DeadLetterCodec} are the messages as JSON.
 */
@NullMarked
package com.natifico.postback.aws.sqs;

import org.jspecify.annotations.NullMarked;

/** The queues on SQS. */
@NullMarked
package com.natifico.postback.aws.sqs;

import org.jspecify.annotations.NullMarked;

/**
 * JSON in and out, streaming: messages of the queues ({@link CallbackMessageCodec}, {@link
 * DeadLetterCodec}) and lines of the log ({@link JsonOutput}).
 */
@NullMarked
package com.natifico.postback.aws.json;

import org.jspecify.annotations.NullMarked;

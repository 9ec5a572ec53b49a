/**
 * JSON in and out, streaming: messages of the queues ({@link CallbackMessageCodec}, {@link
 * DeadLetterCodec}), bodies of requests ({@link JsonInput}) and answers ({@link JsonOutput}).
 */
@NullMarked
package com.natifico.postback.aws.json;

import org.jspecify.annotations.NullMarked;

/** Batches of the stream of the delivery log, and the responses to them. */
@NullMarked
package com.natifico.postback.aws.stream;

import org.jspecify.annotations.NullMarked;

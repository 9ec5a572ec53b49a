/**
 * The clients of AWS services ({@link AwsClients}), made from a function's {@link Environment}.
 * {@link Refusals} translates what they throw into exceptions of the core.
 */
@NullMarked
package com.natifico.postback.aws.client;

import org.jspecify.annotations.NullMarked;

/**
 * API Gateway's events and responses. {@link Router} passes each request to its {@link Route},
 * checks the role, and returns problems; {@link Request} and {@link Response} hide the event's
 * format.
 */
@NullMarked
package com.natifico.postback.aws.http;

import org.jspecify.annotations.NullMarked;

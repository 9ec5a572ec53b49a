/**
 * API Gateway's events in and out. {@link Router} gives each request to its {@link Route}, checks
 * the role, and answers problems; {@link Request} and {@link Response} hide the event's format.
 */
@NullMarked
package com.natifico.postback.aws.http;

import org.jspecify.annotations.NullMarked;

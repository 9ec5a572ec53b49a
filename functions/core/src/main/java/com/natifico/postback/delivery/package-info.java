/**
 * One callback until it is delivered, failed or held. A {@link Delivery} is one row of the {@link
 * DeliveryLog}; a {@link CallbackMessage} asks for one attempt, or carries one that could not be
 * recorded. {@link SendDecision} decides from message, row, postback and time; {@link Sender}
 * carries the decision out, {@link AttemptRecorder} stores the attempt, and {@link FollowUp}
 * performs the actions that follow. {@link Resend} and {@link BulkResend} start over. {@link
 * Breaker}, {@link EgressWatch} and {@link HealthWatch} monitor an endpoint, our own network, and a
 * postback.
 */
@NullMarked
package com.natifico.postback.delivery;

import org.jspecify.annotations.NullMarked;

/**
 * How a conversion is accepted without the risk of losing it: {@link Acceptance} prepares its
 * callbacks, claims the event with one conditional write, enqueues, and only then reports success.
 * {@link Healing} completes an event after a crash, when the network repeats the push. {@link
 * TestConversions} does the same for an account manager and waits for the result.
 */
@NullMarked
package com.natifico.postback.acceptance;

import org.jspecify.annotations.NullMarked;

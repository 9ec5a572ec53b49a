/**
 * What was refused of an ad network's pushes, so that the network and account managers find out
 * why. {@link RefusedPushes} bounds what is kept of each key and minute, and counts the rest; the
 * {@link PushLog} stores both.
 */
@NullMarked
package com.natifico.postback.push;

import org.jspecify.annotations.NullMarked;

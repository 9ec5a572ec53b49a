/**
 * The core's ports on AWS. This package makes the clients ({@link AwsClients}) from a function's
 * {@link Environment}, writes its log lines ({@link Log}), and prepares and restores snapshots
 * ({@link Snapshots}, {@link Priming}). {@link Refusals} reports as Unavailable what is not about
 * the call itself.
 */
@NullMarked
package com.natifico.postback.aws;

import org.jspecify.annotations.NullMarked;

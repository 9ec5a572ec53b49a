/**
 * The core's ports on AWS. This package creates the clients ({@link AwsClients}) from a function's
 * {@link Environment}, writes its log lines ({@link Log}), and prepares and restores snapshots
 * ({@link Snapshots}, {@link Priming}). {@link Refusals} turns failures that the call did not cause
 * into Unavailable.
 */
@NullMarked
package com.natifico.postback.aws;

import org.jspecify.annotations.NullMarked;

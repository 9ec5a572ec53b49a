/**
 * Where a callback may go. {@link EgressGuard} decides about an endpoint, and about every address
 * that its name resolves to, by the table of {@link SpecialRanges}. Saving a postback and sending a
 * callback ask the same guard.
 */
@NullMarked
package com.natifico.postback.egress;

import org.jspecify.annotations.NullMarked;

/**
 * Where a callback may go. {@link Host} reads a host once, as a name or as an address in any
 * spelling; {@link EgressGuard} decides about a host, a port and every address that a name resolves
 * to, by the table of {@link SpecialRanges}. Saving a postback and sending a callback ask the same
 * guard.
 */
@NullMarked
package com.natifico.postback.egress;

import org.jspecify.annotations.NullMarked;

/**
 * What every package of the domain uses: {@link Ids} creates and reads identifiers and digests,
 * {@link Page} is one page of a list, and a port throws {@link Unavailable} when a store or a queue
 * cannot be used.
 */
@NullMarked
package com.natifico.postback;

import org.jspecify.annotations.NullMarked;

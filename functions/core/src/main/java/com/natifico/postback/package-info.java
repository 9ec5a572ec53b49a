/**
 * What every package of the domain uses: {@link Ids} makes and reads identifiers and digests,
 * {@link Page} is one page of a list, and {@link Unavailable} is what a port throws when a store or
 * a queue refuses whatever is asked of it.
 */
@NullMarked
package com.natifico.postback;

import org.jspecify.annotations.NullMarked;

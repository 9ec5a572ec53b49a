/**
 * Identifies the caller. An {@link ApiKey} is bound to a {@link Role} and, for affiliates, to one
 * affiliate; only a hash of it is stored. {@link Authentication} finds the key of a token.
 */
@NullMarked
package com.natifico.postback.access;

import org.jspecify.annotations.NullMarked;

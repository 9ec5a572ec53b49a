/**
 * Why a request is not carried out, and what to do about it: a {@link Problem} as RFC 9457 has it,
 * with the fields at fault.
 */
@NullMarked
package com.natifico.postback.problem;

import org.jspecify.annotations.NullMarked;

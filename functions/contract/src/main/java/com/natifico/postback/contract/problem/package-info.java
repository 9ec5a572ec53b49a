/**
 * Why a request is rejected, and how to correct it: a {@link Problem} according to RFC 9457, with
 * the invalid fields.
 */
@NullMarked
package com.natifico.postback.contract.problem;

import org.jspecify.annotations.NullMarked;

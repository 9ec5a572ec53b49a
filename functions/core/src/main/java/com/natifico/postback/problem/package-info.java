/** Why a request is not carried out, and what to do about it. */
@NullMarked
package com.natifico.postback.problem;

import org.jspecify.annotations.NullMarked;

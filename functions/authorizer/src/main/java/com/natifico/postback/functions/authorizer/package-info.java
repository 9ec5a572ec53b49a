/** Identifies the caller: from an API key to a role and an affiliate. */
@NullMarked
package com.natifico.postback.functions.authorizer;

import org.jspecify.annotations.NullMarked;

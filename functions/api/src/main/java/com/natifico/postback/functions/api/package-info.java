/** The API for affiliates, account managers and admins. */
@NullMarked
package com.natifico.postback.functions.api;

import org.jspecify.annotations.NullMarked;

/** Sends callbacks over HTTP. */
@NullMarked
package com.natifico.postback.functions.sender;

import org.jspecify.annotations.NullMarked;

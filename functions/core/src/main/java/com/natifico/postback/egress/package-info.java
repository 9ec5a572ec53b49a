/** Where a callback may go. */
@NullMarked
package com.natifico.postback.egress;

import org.jspecify.annotations.NullMarked;

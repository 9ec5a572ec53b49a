/** The life of one callback until it is delivered, failed or held. */
@NullMarked
package com.natifico.postback.delivery;

import org.jspecify.annotations.NullMarked;

/** How a conversion is accepted so that it cannot be lost: claim, enqueue, answer. */
@NullMarked
package com.natifico.postback.acceptance;

import org.jspecify.annotations.NullMarked;

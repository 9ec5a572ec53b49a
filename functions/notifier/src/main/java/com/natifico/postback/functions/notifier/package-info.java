/** Reports what happens to postbacks, from the streams of their table and of the delivery log. */
@NullMarked
package com.natifico.postback.functions.notifier;

import org.jspecify.annotations.NullMarked;

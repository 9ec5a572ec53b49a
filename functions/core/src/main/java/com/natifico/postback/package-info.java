/** What every idea of the domain uses. */
@NullMarked
package com.natifico.postback;

import org.jspecify.annotations.NullMarked;

/** Who is calling, and what a key is. */
@NullMarked
package com.natifico.postback.access;

import org.jspecify.annotations.NullMarked;

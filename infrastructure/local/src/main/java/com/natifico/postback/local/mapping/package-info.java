/** The event source mappings between queues and functions. */
@NullMarked
package com.natifico.postback.local.mapping;

import org.jspecify.annotations.NullMarked;

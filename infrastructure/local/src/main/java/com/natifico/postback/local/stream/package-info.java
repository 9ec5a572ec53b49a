/** The template's pipes: from a table's stream to a topic. */
@NullMarked
package com.natifico.postback.local.stream;

import org.jspecify.annotations.NullMarked;

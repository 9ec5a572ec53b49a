/** The streams of tables: their mappings to functions, and the topics. */
@NullMarked
package com.natifico.postback.local.stream;

import org.jspecify.annotations.NullMarked;

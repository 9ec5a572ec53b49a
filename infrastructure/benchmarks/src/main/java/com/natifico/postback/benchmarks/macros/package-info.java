/** Macro expansion against Commons Text, Handlebars and copying. */
@NullMarked
package com.natifico.postback.benchmarks.macros;

import org.jspecify.annotations.NullMarked;

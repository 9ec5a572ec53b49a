/** What operators run; it reads the tables and changes nothing. */
@NullMarked
package com.natifico.postback.operations;

import org.jspecify.annotations.NullMarked;

/** What a client sent, read field by field with all its mistakes at once. */
@NullMarked
package com.natifico.postback.input;

import org.jspecify.annotations.NullMarked;

/**
 * A client's input, independent of JSON, form or query string ({@link Input}), read field by field
 * with all errors at once ({@link Fields}), with suggestions for misspelled names.
 */
@NullMarked
package com.natifico.postback.input;

import org.jspecify.annotations.NullMarked;

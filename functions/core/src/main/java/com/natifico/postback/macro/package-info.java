/**
 * Macros, filters and the templates that use them. {@link Macros} is the catalogue, one line for
 * each macro. {@link Template#parse} parses a URL, a form or a JSON body once, when a postback is
 * saved, and reports every error with its place; the result is a list of parts that expands
 * quickly. {@link MacroValues} provides the values of one event.
 */
@NullMarked
package com.natifico.postback.macro;

import org.jspecify.annotations.NullMarked;

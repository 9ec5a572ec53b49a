/**
 * Macros, filters and the templates that they are written in. {@link Macros} is the catalogue, one
 * line for each macro. {@link Template#parse} reads a URL, a form or a JSON body once, when a
 * postback is saved, and reports everything that is wrong with it at its place; the result is a
 * list of parts that expands quickly. {@link MacroValues} gives the values of one event.
 */
@NullMarked
package com.natifico.postback.macro;

import org.jspecify.annotations.NullMarked;

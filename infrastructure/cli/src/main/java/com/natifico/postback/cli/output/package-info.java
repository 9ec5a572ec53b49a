/**
 * How results are printed: as JSON, as CSV (RFC 4180) or as a table for people. A {@link
 * com.natifico.postback.cli.output.RowWriter} takes objects of the API one after the other and
 * prints the {@link com.natifico.postback.cli.output.Column}s of each.
 */
@NullMarked
package com.natifico.postback.cli.output;

import org.jspecify.annotations.NullMarked;

/**
 * Postbacks in files. A {@link com.natifico.postback.cli.transfer.PostbackFile} has {@link
 * com.natifico.postback.cli.transfer.PostbackRow}s, and a {@link
 * com.natifico.postback.cli.transfer.PostbackImport} decides for each row: it is to be created, it
 * changes the postback with its id, it is there already, or it is refused. {@link
 * com.natifico.postback.cli.transfer.PostbackForm} has the members of a postback and knows when two
 * of them have equal form.
 */
@NullMarked
package com.natifico.postback.cli.transfer;

import org.jspecify.annotations.NullMarked;

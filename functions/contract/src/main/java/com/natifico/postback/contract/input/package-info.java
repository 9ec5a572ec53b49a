/**
 * What clients send. {@link Input} is a value in JSON, a form or a query string; {@link Fields}
 * reads an object field by field and collects all mistakes; the other classes read one kind of
 * request each into values of the core: a conversion ({@link ConversionReader}), a postback ({@link
 * PostbackDraft}), a preview, a test conversion, a key.
 */
@NullMarked
package com.natifico.postback.contract.input;

import org.jspecify.annotations.NullMarked;

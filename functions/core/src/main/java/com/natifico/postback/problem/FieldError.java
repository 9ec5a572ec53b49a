package com.natifico.postback.problem;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one field, and what to do about it.
 *
 * @param field its name as the client wrote it, with a path for what is inside: {@code
 *     conversions[3].sum}
 * @param code stable, for programs: {@code required}, {@code unknown_field}, {@code unknown_macro}
 * @param message for people: what is wrong and which forms are accepted
 * @param suggestion what was probably meant, ready to be put in its place; null if nobody knows
 */
public record FieldError(String field, String code, String message, @Nullable String suggestion) {
  public FieldError(String field, String code, String message) {
    this(field, code, message, null);
  }
}

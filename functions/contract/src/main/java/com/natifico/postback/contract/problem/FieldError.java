package com.natifico.postback.contract.problem;

import com.natifico.postback.macro.Template.Correction;
import org.jspecify.annotations.Nullable;

/**
 * An error in one field, and how to correct it.
 *
 * @param field its name as the client wrote it, with a path for nested fields: {@code
 *     conversions[3].sum}
 * @param code stable, for programs: {@code required}, {@code unknown_field}, {@code unknown_macro}
 * @param message for people: what is wrong and which forms are accepted
 * @param suggestion the probable intended value, ready to be inserted; null if there is none
 * @param correction how the suggestion is followed in a template; null elsewhere
 */
public record FieldError(
    String field,
    String code,
    String message,
    @Nullable String suggestion,
    @Nullable Correction correction) {
  public FieldError(String field, String code, String message, @Nullable String suggestion) {
    this(field, code, message, suggestion, null);
  }

  public FieldError(String field, String code, String message) {
    this(field, code, message, null);
  }
}

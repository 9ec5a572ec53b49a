package com.natifico.postback.conversion;

import com.natifico.postback.problem.FieldError;
import java.util.List;

/**
 * A conversion that was taken, and what its sender should know about the push.
 *
 * @param warnings descriptive fields that were changed or left out, and values that look wrong
 * @param ignored parameters that have no meaning here, as they were written
 */
public record PushedConversion(
    Conversion conversion, List<FieldError> warnings, List<String> ignored) {
  public PushedConversion {
    warnings = List.copyOf(warnings);
    ignored = List.copyOf(ignored);
  }
}

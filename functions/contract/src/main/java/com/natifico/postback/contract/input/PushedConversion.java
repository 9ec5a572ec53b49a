package com.natifico.postback.contract.input;

import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.conversion.Conversion;
import java.util.List;

/**
 * An accepted conversion, with notes about the push for its sender.
 *
 * @param warnings descriptive fields that were changed or omitted, and suspicious values
 * @param ignored unknown parameters, as they were written
 */
public record PushedConversion(
    Conversion conversion, List<FieldError> warnings, List<String> ignored) {
  public PushedConversion {
    warnings = List.copyOf(warnings);
    ignored = List.copyOf(ignored);
  }
}

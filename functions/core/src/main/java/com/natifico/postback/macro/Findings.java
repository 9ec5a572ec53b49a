package com.natifico.postback.macro;

import com.natifico.postback.macro.Template.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what there is to say about one source, each thing once. */
final class Findings {
  /** Beyond so many, one more helps nobody. */
  private static final int MOST = 20;

  private final Set<Finding> errors = new LinkedHashSet<>();
  private final Set<Finding> warnings = new LinkedHashSet<>();
  private int reportedErrors;
  private int reportedWarnings;

  void error(String code, String message) {
    error(code, message, null);
  }

  void error(String code, String message, @Nullable String suggestion) {
    reportedErrors++;
    errors.add(new Finding(code, message, suggestion));
  }

  void warn(String code, String message, @Nullable String suggestion) {
    reportedWarnings++;
    warnings.add(new Finding(code, message, suggestion));
  }

  /** Whether so many errors were found, repetitions included, that the search may end. */
  boolean areEnough() {
    return reportedErrors >= MOST;
  }

  /** Whether one more warning would help nobody; errors are still to be looked for. */
  boolean areEnoughWarnings() {
    return reportedWarnings >= MOST;
  }

  boolean hasErrors() {
    return !errors.isEmpty();
  }

  List<Finding> errors() {
    return List.copyOf(errors);
  }

  List<Finding> warnings() {
    return List.copyOf(warnings);
  }
}

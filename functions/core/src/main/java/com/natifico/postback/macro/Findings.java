package com.natifico.postback.macro;

import com.natifico.postback.macro.Template.Correction;
import com.natifico.postback.macro.Template.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the errors and warnings about one source, each only once. */
final class Findings {
  /** The limit of reported errors and of reported warnings. */
  private static final int MAX_REPORTED = 20;

  private final Set<Finding> errors = new LinkedHashSet<>();
  private final Set<Finding> warnings = new LinkedHashSet<>();
  private int reportedErrors;
  private int reportedWarnings;

  void error(String code, String message) {
    error(code, message, null);
  }

  void error(String code, String message, @Nullable String suggestion) {
    error(code, message, suggestion, null);
  }

  void error(
      String code, String message, @Nullable String suggestion, @Nullable Correction correction) {
    reportedErrors++;
    errors.add(new Finding(code, message, suggestion, correction));
  }

  void warn(String code, String message, @Nullable String suggestion) {
    warn(code, message, suggestion, null);
  }

  void warn(
      String code, String message, @Nullable String suggestion, @Nullable Correction correction) {
    reportedWarnings++;
    warnings.add(new Finding(code, message, suggestion, correction));
  }

  /** Whether the limit of errors was reached, including repetitions, so that parsing may end. */
  boolean areEnough() {
    return reportedErrors >= MAX_REPORTED;
  }

  /** Whether the limit of warnings was reached; parsing continues to find errors. */
  boolean areEnoughWarnings() {
    return reportedWarnings >= MAX_REPORTED;
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

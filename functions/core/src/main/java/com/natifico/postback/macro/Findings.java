package com.natifico.postback.macro;

import com.natifico.postback.macro.Template.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what there is to say about one source, each thing once. */
final class Findings {
  /** Beyond so many, one more helps nobody. */
  private static final int MOST = 50;

  private final Set<Finding> errors = new LinkedHashSet<>();
  private final Set<Finding> warnings = new LinkedHashSet<>();
  private int reported;

  void error(String code, String message) {
    error(code, message, null);
  }

  void error(String code, String message, @Nullable String suggestion) {
    reported++;
    errors.add(new Finding(code, message, suggestion));
  }

  void warn(String code, String message, @Nullable String suggestion) {
    reported++;
    warnings.add(new Finding(code, message, suggestion));
  }

  /** Whether so much was said, repetitions included, that the search may end. */
  boolean areEnough() {
    return reported >= MOST;
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

package com.natifico.postback.local.template;

import com.natifico.postback.local.StartFailure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The template's parameters with their values: the overrides, otherwise the defaults. */
final class Parameters {
  private Parameters() {}

  /**
   * @throws StartFailure for a parameter that does not exist, has no value, or a value that the
   *     template does not allow
   */
  static Map<String, Value> of(Section declared, Map<String, String> overrides) {
    for (String name : overrides.keySet()) {
      if (!declared.has(name)) {
        throw new StartFailure(
            "PARAMETER_OVERRIDES: there is no parameter %s; there are %s."
                .formatted(name, String.join(", ", declared.keys())));
      }
    }
    Map<String, Value> values = new LinkedHashMap<>();
    declared
        .sections()
        .forEach(
            (name, declaration) -> {
              String given = overrides.get(name);
              String value = given == null ? declaration.findText("Default") : given;
              if (value == null) {
                throw new StartFailure(
                    "PARAMETER_OVERRIDES: the parameter %s has no default: give it as %s=..."
                        .formatted(name, name));
              }
              values.put(name, checked(name, value, declaration));
            });
    return values;
  }

  private static Value checked(String name, String value, Section declaration) {
    String type = declaration.text("Type");
    boolean isList = type.equals("CommaDelimitedList") || type.startsWith("List<");
    List<String> items = isList ? split(value) : List.of(value);
    for (String item : items) {
      String wrong = wrong(item, declaration, type.contains("Number"));
      if (wrong != null) {
        throw new StartFailure(
            "PARAMETER_OVERRIDES: %s=%s is not allowed: it %s."
                .formatted(name, value, declaration.text("ConstraintDescription", wrong)));
      }
    }
    if (!isList) {
      return new Value.Text(value);
    }
    List<Value> texts = new ArrayList<>();
    items.forEach(item -> texts.add(new Value.Text(item)));
    return new Value.Sequence(texts);
  }

  private static List<String> split(String value) {
    return value.isBlank()
        ? List.of()
        : Pattern.compile(",").splitAsStream(value).map(String::strip).toList();
  }

  private static @Nullable String wrong(String value, Section declaration, boolean isNumber) {
    List<String> allowed = declaration.texts("AllowedValues");
    if (!allowed.isEmpty() && !allowed.contains(value)) {
      return "must be one of " + String.join(", ", allowed);
    }
    String pattern = declaration.findText("AllowedPattern");
    if (pattern != null && !matches(pattern, value, declaration)) {
      return "must match " + pattern;
    }
    if (isNumber) {
      BigDecimal number;
      try {
        number = new BigDecimal(value);
      } catch (NumberFormatException e) {
        return "must be a number";
      }
      if (declaration.has("MinValue")
          && number.compareTo(new BigDecimal(declaration.text("MinValue"))) < 0) {
        return "must be at least " + declaration.text("MinValue");
      }
      if (declaration.has("MaxValue")
          && number.compareTo(new BigDecimal(declaration.text("MaxValue"))) > 0) {
        return "must be at most " + declaration.text("MaxValue");
      }
      return null;
    }
    int min = declaration.integer("MinLength", 0);
    int max = declaration.integer("MaxLength", Integer.MAX_VALUE);
    if (value.length() < min || value.length() > max) {
      return "must have " + min + " to " + max + " characters";
    }
    return null;
  }

  private static boolean matches(String pattern, String value, Section declaration) {
    try {
      return Pattern.matches(pattern, value);
    } catch (PatternSyntaxException e) {
      throw declaration.wrong("AllowedPattern", "is not a regular expression");
    }
  }
}

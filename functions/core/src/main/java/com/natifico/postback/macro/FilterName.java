package com.natifico.postback.macro;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a template may write after <code>|</code>, in the order in which filters are listed. {@link
 * MacroReader} gives each its meaning and {@link FilterCatalogue} its description.
 */
enum FilterName {
  DEFAULT("text"),
  MAP("value=replacement,..."),
  FORMAT("pattern"),
  MULTIPLY("factor"),
  SCALE("digits"),
  UPPER(""),
  LOWER(""),
  TRIM(""),
  DIGITS(""),
  SHA256(""),
  MS(""),
  RAW("");

  private static final List<FilterName> ALL = List.of(values());

  private final String word = name().toLowerCase(Locale.ROOT);
  private final String argument;

  /**
   * @param argument the form of the argument, for people; empty if the filter takes none
   */
  FilterName(String argument) {
    this.argument = argument;
  }

  /** The filter with this name in lower case; null if there is none. */
  static @Nullable FilterName find(String word) {
    for (FilterName name : ALL) {
      if (name.word.equals(word)) {
        return name;
      }
    }
    return null;
  }

  /** Every name, as a template writes it. */
  static List<String> words() {
    return ALL.stream().map(FilterName::word).toList();
  }

  String word() {
    return word;
  }

  boolean takesArgument() {
    return !argument.isEmpty();
  }

  /** The name with the form of its argument, such as {@code default:text}. */
  String syntax() {
    return takesArgument() ? word + ":" + argument : word;
  }
}

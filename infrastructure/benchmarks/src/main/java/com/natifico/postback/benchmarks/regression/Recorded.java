package com.natifico.postback.benchmarks.regression;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The last accepted values: one line {@code name value tolerance%} each, which is reviewed by
 * people.
 */
record Recorded(Map<String, Entry> entries) {
  /**
   * @param tolerance the allowed growth in percent
   */
  record Entry(double value, double tolerance) {
    double most() {
      return value * (1 + tolerance / 100);
    }
  }

  /**
   * @throws IllegalArgumentException for an invalid line
   */
  static Recorded parse(List<String> lines) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.strip().split(" +");
      if (parts.length != 3 || !parts[2].endsWith("%")) {
        throw new IllegalArgumentException("invalid line of recorded values: " + line);
      }
      entries.put(
          parts[0],
          new Entry(
              Double.parseDouble(parts[1]),
              Double.parseDouble(parts[2].substring(0, parts[2].length() - 1))));
    }
    return new Recorded(entries);
  }

  static Recorded read(Path file) throws IOException {
    return parse(Files.readAllLines(file));
  }

  /**
   * One line for each value that grew beyond its tolerance, with the old and the new value, and for
   * each value that is measured but not recorded, or recorded but no longer measured.
   */
  List<String> complaints(Map<String, Double> measured) {
    List<String> complaints = new ArrayList<>();
    measured.forEach(
        (name, value) -> {
          Entry entry = entries.get(name);
          if (entry == null) {
            complaints.add(name + " is not recorded; it is " + number(value));
          } else if (value > entry.most()) {
            complaints.add(
                String.format(
                    Locale.ROOT,
                    "%s grew from %s to %s, by %.1f %%; %s %% is allowed",
                    name,
                    number(entry.value()),
                    number(value),
                    100 * (value / entry.value() - 1),
                    number(entry.tolerance())));
          }
        });
    for (String name : entries.keySet()) {
      if (!measured.containsKey(name)) {
        complaints.add(name + " is recorded, but was not measured");
      }
    }
    return complaints;
  }

  /** The file's text with these values, which keep their tolerances. */
  static String accepting(List<String> lines, Map<String, Double> measured) {
    Recorded before = parse(lines);
    StringJoiner text = new StringJoiner("\n", "", "\n");
    lines.stream().filter(line -> line.startsWith("#")).forEach(text::add);
    measured.forEach(
        (name, value) -> {
          Entry entry = before.entries().get(name);
          double tolerance = entry == null ? 0 : entry.tolerance();
          text.add(name + " " + number(value) + " " + number(tolerance) + "%");
        });
    return text.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) || value >= 100
        ? Long.toString(Math.round(value))
        : String.format(Locale.ROOT, "%.2f", value);
  }
}

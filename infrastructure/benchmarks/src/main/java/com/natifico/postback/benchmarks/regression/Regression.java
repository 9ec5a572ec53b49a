package com.natifico.postback.benchmarks.regression;

import com.natifico.postback.benchmarks.Figure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares the measured values with the recorded ones. If the system property {@code accept} is
 * {@code true}, it records them instead.
 */
public final class Regression {
  private static final String FILE = "infrastructure/benchmarks/recorded.txt";
  private static final String HOW_TO_ACCEPT =
      "If this is intended, run mvn -Pbenchmarks -Dbenchmark=regression -Daccept=true and commit "
          + FILE
          + " with the reason.";

  private Regression() {}

  /** See {@code Benchmark}. */
  public static List<Figure> run(Path root, PrintStream out) throws IOException {
    Path file = root.resolve(FILE);
    Map<String, Double> measured = Measured.of(root);
    if (Boolean.getBoolean("accept")) {
      Files.writeString(file, Recorded.accepting(Files.readAllLines(file), measured));
      out.println("recorded in " + FILE);
    }
    Recorded recorded = Recorded.read(file);
    List<String> complaints = recorded.complaints(measured);
    complaints.forEach(out::println);
    if (!complaints.isEmpty()) {
      out.println(HOW_TO_ACCEPT);
    }
    List<Figure> figures = new ArrayList<>();
    recorded
        .entries()
        .forEach(
            (name, entry) ->
                figures.add(
                    new Figure(
                        name,
                        measured.getOrDefault(name, Double.NaN),
                        unit(name),
                        entry.value(),
                        1 + entry.tolerance() / 100)));
    return figures;
  }

  private static String unit(String name) {
    String first = name.substring(0, name.indexOf('-'));
    return switch (first) {
      case "write", "read" -> "units";
      case "zip" -> "bytes";
      default -> first;
    };
  }

  /** The values that grew and how to accept them; empty if none did. */
  static String complaint(Path root) throws IOException {
    List<String> complaints = Recorded.read(root.resolve(FILE)).complaints(Measured.of(root));
    return complaints.isEmpty() ? "" : String.join("\n", complaints) + "\n" + HOW_TO_ACCEPT;
  }
}

package com.natifico.postback.build;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks that every Java source of the repository is formatted by google-java-format, or formats
 * it.
 *
 * <p>This is a separate program because the formatter parses with the compiler of the JDK that it
 * runs on: inside Maven on an older JDK it would not understand Java 25.
 *
 * <p>Arguments: {@code check} or {@code fix}, and the root of the repository. The exit status is 1
 * if {@code check} finds a file that is not formatted.
 */
public final class Format {
  private Format() {}

  public static void main(String[] args) throws IOException, FormatterException {
    boolean fix = args[0].equals("fix");
    Path root = Path.of(args[1]);
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    int unformatted = 0;
    for (Path source : sources(root)) {
      String text = Files.readString(source);
      String formatted;
      try {
        formatted =
            formatter.formatSource(
                RemoveUnusedImports.removeUnusedImports(
                    ImportOrderer.reorderImports(text, JavaFormatterOptions.Style.GOOGLE)));
      } catch (FormatterException e) {
        System.err.println(root.relativize(source) + ": " + e.getMessage());
        unformatted++;
        continue;
      }
      if (!formatted.equals(text)) {
        if (fix) {
          Files.writeString(source, formatted);
        } else {
          System.err.println("not formatted: " + root.relativize(source));
          unformatted++;
        }
      }
    }
    if (unformatted > 0) {
      System.err.println(
          "Format with: mvn -q -pl infrastructure/build process-classes -Dformat=fix");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> root.relativize(file).toString().contains("src"))
          .filter(file -> isOurs(root.relativize(file)))
          .sorted()
          .toList();
    }
  }

  /** Excludes build output and hidden folders, such as the tools in .ci. */
  private static boolean isOurs(Path file) {
    for (Path name : file) {
      if (name.toString().equals("target") || name.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}

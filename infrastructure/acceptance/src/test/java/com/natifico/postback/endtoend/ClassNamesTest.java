package com.natifico.postback.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class name is used once in the whole repository, including test code. */
final class ClassNamesTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  @Test
  void noTwoFilesDeclareTheSameName() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      Map<String, List<Path>> byName =
          files
              .filter(file -> file.toString().contains("/src/"))
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("package-info.java"))
              .map(ROOT::relativize)
              // Such as the tools that .ci/run installs.
              .filter(file -> !file.getName(0).toString().startsWith("."))
              .collect(
                  Collectors.groupingBy(
                      file -> file.getFileName().toString(), TreeMap::new, Collectors.toList()));
      byName.values().removeIf(same -> same.size() == 1);
      assertEquals(Map.of(), byName);
    }
  }
}

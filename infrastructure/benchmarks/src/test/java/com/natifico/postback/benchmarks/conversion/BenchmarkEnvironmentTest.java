package com.natifico.postback.benchmarks.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import com.natifico.postback.local.template.StackTemplate;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The functions that benchmarks create have every table and queue that template.yaml gives them.
 */
final class BenchmarkEnvironmentTest {
  private static final StackTemplate TEMPLATE =
      StackTemplate.read(
          Path.of(System.getProperty("project.root"), "template.yaml"),
          Map.of(),
          "https://queues/");

  @ParameterizedTest
  @ValueSource(strings = {"ConversionFunction", "SenderFunction"})
  void hasEveryTableAndQueue(String function) {
    Section variables =
        TEMPLATE
            .resource(Resource.FUNCTION, function)
            .properties()
            .section("Environment")
            .section("Variables");
    Set<String> missing = new TreeSet<>();
    for (String name : variables.keys()) {
      if (name.endsWith("_TABLE") || name.endsWith("_QUEUE_URL")) {
        missing.add(name);
      }
    }
    missing.removeAll(Accepting.environment(1).keySet());

    assertEquals(Set.of(), missing);
  }
}

package com.natifico.postback.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.local.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  private static Value.Mapping read(String yaml) {
    return new YamlReader(Path.of("template.yaml")).read(yaml);
  }

  @Test
  void expandsShortTags() {
    assertEquals(
        new Value.Mapping(
            Map.of(
                "a",
                new Value.Mapping(
                    Map.of(
                        "Fn::Join",
                        new Value.Sequence(
                            List.of(
                                new Value.Text("-"),
                                new Value.Sequence(
                                    List.of(
                                        new Value.Mapping(
                                            Map.of("Ref", new Value.Text("X"))))))))))),
        read("a: !Join ['-', [!Ref X]]"));
  }

  @Test
  void keepsScalarsUnchanged() {
    assertEquals(
        new Value.Mapping(
            Map.of("version", new Value.Text("2010-09-09"), "n", new Value.Text("010"))),
        read("version: 2010-09-09\nn: 010"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a: [", "- a", "a: 1\na: 2", "text", "a: &x [*x]", "[a]: 1"})
  void refusesAnInvalidTemplateInOneLine(String yaml) {
    String message =
        String.valueOf(assertThrows(StartFailure.class, () -> read(yaml)).getMessage());
    assertTrue(message.startsWith("template.yaml"), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void saysWhereItLooksForAMissingFile(@TempDir Path root) {
    Path file = root.resolve("template.yaml");
    StartFailure failure = assertThrows(StartFailure.class, () -> new YamlReader(file).read());
    assertEquals(file + " is missing: run this from the project's root.", failure.getMessage());
  }
}

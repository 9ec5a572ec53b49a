package com.natifico.postback.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static Section function(String yaml) {
    return Template.of(new YamlReader(Path.of("template.yaml")).read(yaml), Map.of(), "http://sqs/")
        .resources(Resource.FUNCTION)
        .getFirst()
        .properties();
  }

  @Test
  void mergesGlobalsAsSamDoes() {
    Section function =
        function(
            """
            Globals:
              Function:
                Timeout: 5
                MemorySize: 128
                Layers: [one]
                Environment: { Variables: { A: global, B: global } }
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Timeout: 7
                  Layers: [two]
                  Environment: { Variables: { B: own } }
            """);
    assertEquals(7, function.integer("Timeout", 3));
    assertEquals(128, function.integer("MemorySize", 0));
    assertEquals(List.of("one", "two"), function.texts("Layers"));
    Section variables = function.section("Environment").section("Variables");
    assertEquals("global", variables.text("A"));
    assertEquals("own", variables.text("B"));
  }

  @Test
  void readsTheProjectsOwnTemplate() {
    Path root = Path.of(System.getProperty("project.root", ""));
    Template template = Template.read(root.resolve("template.yaml"), Map.of(), "http://sqs/");
    assertEquals(4, template.resources(Resource.TABLE).size());
    assertEquals(4, template.resources(Resource.QUEUE).size());
    assertEquals(4, template.resources(Resource.FUNCTION).size());
  }
}

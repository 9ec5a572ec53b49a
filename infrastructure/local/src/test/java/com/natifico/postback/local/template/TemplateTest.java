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

class TemplateTest {
  private static Section function(String yaml) {
    return StackTemplate.of(
            new YamlReader(Path.of("template.yaml")).read(yaml), Map.of(), "http://sqs/", "")
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
  void resolvesTheAliasOfAFunction() {
    String yaml =
        """
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties: { Description: !Ref F.Alias, AutoPublishAlias: live }
        """;
    assertTrue(function(yaml).text("Description").endsWith(":function:F:live"));
    assertThrows(StartFailure.class, () -> function(yaml.replace(", AutoPublishAlias: live", "")));
  }

  @Test
  void readsTheProjectsOwnTemplate() {
    Path root = Path.of(System.getProperty("project.root", ""));
    StackTemplate template =
        StackTemplate.read(root.resolve("template.yaml"), Map.of(), "http://sqs/");
    assertEquals(8, template.resources(Resource.TABLE).size());
    assertEquals(8, template.resources(Resource.QUEUE).size());
    assertEquals(7, template.resources(Resource.FUNCTION).size());
  }

  @Test
  void putsTheSenderIntoConfiguredSubnetsOnly() {
    assertFalse(sender(Map.of()).has("VpcConfig"));

    Map<String, String> given =
        Map.of("SenderSubnetIds", "subnet-1,subnet-2", "SenderSecurityGroupIds", "sg-1");
    Section network = sender(given).section("VpcConfig");
    assertEquals(List.of("subnet-1", "subnet-2"), network.texts("SubnetIds"));
    assertEquals(List.of("sg-1"), network.texts("SecurityGroupIds"));
  }

  @Test
  void allowsNetworkInterfacesOnlyInSubnets() {
    assertFalse(senderRole(Map.of()).toString().contains("ec2:"));
    assertTrue(senderRole(Map.of("SenderSubnetIds", "subnet-1")).toString().contains("ec2:Create"));
  }

  private static Section sender(Map<String, String> overrides) {
    return own(overrides, Resource.FUNCTION, "SenderFunction");
  }

  private static Section senderRole(Map<String, String> overrides) {
    return own(overrides, "AWS::IAM::Role", "SenderRole");
  }

  private static Section own(Map<String, String> overrides, String type, String id) {
    Path root = Path.of(System.getProperty("project.root", ""));
    return StackTemplate.read(root.resolve("template.yaml"), overrides, "http://sqs/")
        .resources(type)
        .stream()
        .filter(resource -> resource.id().equals(id))
        .findFirst()
        .orElseThrow()
        .properties();
  }
}

package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document describes the routes of template.yaml, and its examples match its schemas. */
class OpenApiDocumentTest {
  private final OpenApiContract contract = OpenApiContract.load();
  private final JsonNode document = contract.document();

  @Test
  void hasExactlyTheRoutesOfTheTemplate() throws Exception {
    assertEquals(
        TemplateRoute.all().stream().map(TemplateRoute::key).collect(Collectors.toSet()),
        contract.routes());
  }

  @Test
  void theFunctionServesItsRoutesOfTheTemplate() throws Exception {
    assertEquals(
        TemplateRoute.all().stream()
            .filter(route -> route.function().equals("ApiFunction"))
            .map(TemplateRoute::key)
            .collect(Collectors.toSet()),
        Routes.of(new ApiHarness().services).keySet());
  }

  /** Not the URL-only route, because its GET pushes a conversion. */
  @Test
  void theTemplateHasHeadWhereGetIsSafe() throws Exception {
    assertEquals(
        TemplateRoute.all().stream()
            .filter(route -> route.key().startsWith("GET "))
            .filter(route -> !route.key().equals("GET /v1/conversions/postback"))
            .collect(Collectors.toSet()),
        Set.copyOf(TemplateRoute.ofHead()));
  }

  @Test
  void publicRoutesAreThoseOfTheTemplate() throws Exception {
    for (TemplateRoute route : TemplateRoute.all()) {
      JsonNode security = operation(route.key()).get("security");
      String expected =
          switch (route.authorizer()) {
            case "NONE" -> "[]";
            case "KeyInQuery" -> "[{\"secure\":[]}]";
            default -> "[{\"key\":[]}]";
          };
      assertEquals(expected, security.toString(), route.key());
    }
  }

  @Test
  void everyRouteDocumentsItsErrors() {
    for (String route : contract.routes()) {
      Set<String> statuses =
          operation(route)
              .get("responses")
              .propertyStream()
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      if (!operation(route).get("security").isEmpty()) {
        assertTrue(
            statuses.containsAll(Set.of("401", "403", "422", "500", "503")),
            route + " " + statuses);
      }
      assertTrue(statuses.contains("429"), route);
      if (route.contains("{affiliate_id}")) {
        assertTrue(statuses.contains("404"), route);
      }
      if (operation(route).has("requestBody")) {
        assertTrue(statuses.containsAll(Set.of("400", "413", "415")), route);
      }
    }
  }

  private JsonNode operation(String route) {
    String[] parts = route.split(" ", 2);
    return document.path("paths").path(parts[1]).path(parts[0].toLowerCase(java.util.Locale.ROOT));
  }

  /** For openapi-typescript, a member with a default is a member that every request must have. */
  @Test
  void noMemberOfABodyHasADefault() {
    List<JsonNode> found = document.path("components").path("schemas").findValues("default");
    for (String route : contract.routes()) {
      found.addAll(operation(route).path("requestBody").findValues("default"));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void everyReferenceResolves() {
    for (JsonNode reference : document.findValues("$ref")) {
      assertTrue(!document.at(reference.asText().substring(1)).isMissingNode(), reference::asText);
    }
  }

  @Test
  void everyExampleMatchesItsSchema() {
    List<String> faults = new ArrayList<>();
    int examples = check(document, "", faults);
    assertEquals(List.of(), faults);
    assertTrue(examples > 30, () -> examples + " examples");
  }

  private int check(JsonNode node, String at, List<String> faults) {
    int examples = 0;
    if (node.has("schema")) {
      if (node.has("example")) {
        examples += check(node, node.get("example"), at, faults);
      }
      for (JsonNode example : node.path("examples")) {
        examples += check(node, example.path("value"), at, faults);
      }
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      examples += check(member.getValue(), at + "/" + member.getKey(), faults);
    }
    return examples;
  }

  private int check(JsonNode holder, JsonNode example, String at, List<String> faults) {
    contract
        .validate(holder.get("schema"), example.toString())
        .forEach(fault -> faults.add(at + " " + fault));
    return 1;
  }

  @Test
  void aConversionHasEveryFieldThatFeedsAMacro() {
    JsonNode properties = document.at("/components/schemas/ConversionFields/properties");
    Set<String> known =
        Macros.all().stream()
            .filter(macro -> macro.kind().isPushedField())
            .map(Macro::name)
            .collect(Collectors.toSet());
    known.addAll(Set.of("goal", "revision", "occurred_at", "click_at"));
    assertEquals(
        known, properties.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet()));
  }

  @Test
  void reportsWhatIsNotDocumented() {
    assertEquals(
        List.of(),
        contract.check("GET", "/health", 200, "application/json", "{\"status\":\"ok\"}"));
    assertEquals(1, contract.check("GET", "/health", 200, "application/json", "{}").size());
    assertEquals(
        1,
        contract
            .check("GET", "/health", 200, "application/json", "{\"status\":\"ok\",\"x\":1}")
            .size());
    assertEquals(1, contract.check("GET", "/health", 201, "application/json", "{}").size());
    assertEquals(1, contract.check("GET", "/health", 200, "text/plain", "ok").size());
    assertEquals(1, contract.check("GET", "/nowhere", 200, "application/json", "{}").size());
  }
}

package com.natifico.postback.functions.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.contract.OpenApi;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks responses against openapi.json: the route must be documented with this status and content
 * type, and the body must match the schema without any undocumented member. Thread-safe.
 */
public final class OpenApiContract {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonNode document;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private OpenApiContract(JsonNode document) {
    this.document = document;
  }

  /** The document that the function serves. */
  public static OpenApiContract load() {
    return parse(OpenApi.document());
  }

  /** A document as it was served. */
  public static OpenApiContract parse(String json) {
    try {
      return of(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError("the OpenAPI document is not JSON", e);
    }
  }

  private static OpenApiContract of(JsonNode document) {
    JsonNode schemas = document.path("components").path("schemas");
    Set<String> parts = new TreeSet<>();
    for (JsonNode allOf : schemas.findValues("allOf")) {
      allOf.findValuesAsText("$ref").forEach(ref -> parts.add(ref.replaceFirst(".*/", "")));
    }
    for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
      if (!parts.contains(schema.getKey())) {
        close(schema.getValue());
      }
    }
    return new OpenApiContract(document);
  }

  /**
   * Clients must ignore unknown members, but every member that we send must be documented. The
   * members of an {@code allOf} are not closed, because each of them is only a part.
   */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.has("properties")
        && object.path("type").asText().equals("object")) {
      object.put("additionalProperties", false);
    }
    if (node.isArray()) {
      node.forEach(OpenApiContract::close);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (member.getKey().equals("allOf")) {
        member.getValue().forEach(part -> part.forEach(OpenApiContract::close));
      } else {
        close(member.getValue());
      }
    }
  }

  /** The documented routes, as {@code GET /v1/keys}. */
  public Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (operation.getValue().has("responses")) {
          routes.add(operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return routes;
  }

  JsonNode document() {
    return document;
  }

  /**
   * The errors in a response; empty if there are none.
   *
   * @param path the request's path, without its query
   * @param contentType the response's content type; null if it has none
   */
  public List<String> check(
      String method, String path, int status, @Nullable String contentType, @Nullable String body) {
    String route;
    try {
      route = PathMatch.of(method, path, routes()).routeKey();
    } catch (AssertionError e) {
      return List.of("undocumented: " + method + " " + path);
    }
    String at =
        "/paths/"
            + route.substring(route.indexOf(' ') + 1).replace("~", "~0").replace("/", "~1")
            + "/"
            + method.toLowerCase(java.util.Locale.ROOT)
            + "/responses/"
            + status;
    JsonNode response = resolved(document.at(at));
    if (response.isMissingNode()) {
      return List.of("undocumented: status " + status + " of " + route);
    }
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      return body == null || body.isEmpty()
          ? List.of()
          : List.of(status + " of " + route + " is documented without a body");
    }
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    if (!content.has(type)) {
      return List.of("undocumented: content type " + type + " with " + status + " of " + route);
    }
    if (!type.endsWith("json")) {
      return List.of();
    }
    JsonNode schema = content.path(type).path("schema");
    return validate(schema, body == null ? "" : body);
  }

  List<String> validate(JsonNode schema, String json) {
    JsonNode instance;
    try {
      instance = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return List.of("no JSON: " + json);
    }
    return schemas
        .computeIfAbsent(schema.toString(), _ -> compile(schema))
        .validate(
            instance, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)))
        .stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  private Schema compile(JsonNode schema) {
    ObjectNode root = MAPPER.createObjectNode();
    root.putArray("allOf").add(schema);
    root.set("components", document.path("components"));
    return registry.getSchema(root);
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }
}

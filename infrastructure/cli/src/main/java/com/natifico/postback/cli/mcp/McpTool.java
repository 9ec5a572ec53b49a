package com.natifico.postback.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.ApiJson;
import java.util.ArrayList;
import java.util.List;

/**
 * What an assistant can call.
 *
 * @param description what it is for, for the assistant
 */
record McpTool(
    String name,
    String title,
    String description,
    Effect effect,
    List<Argument> arguments,
    Call call) {
  McpTool {
    arguments = List.copyOf(arguments);
  }

  /** What it does to others. */
  enum Effect {
    /** It reads. */
    READS,

    /** It changes settings or sends requests to trackers, which cannot be taken back. */
    WRITES
  }

  /**
   * An argument.
   *
   * @param type of JSON schema
   * @param values the only ones there are; empty for any
   */
  record Argument(
      String name, String type, boolean isRequired, String description, List<String> values) {
    static Argument required(String name, String description) {
      return new Argument(name, "string", true, description, List.of());
    }

    static Argument optional(String name, String description) {
      return new Argument(name, "string", false, description, List.of());
    }

    static Argument oneOf(String name, String description, String... values) {
      return new Argument(name, "string", false, description, List.of(values));
    }

    static Argument typed(String name, String type, String description) {
      return new Argument(name, type, false, description, List.of());
    }
  }

  /** Carries a call out. */
  interface Call {
    /**
     * @param arguments with the right types
     * @return text for the assistant
     */
    String with(ObjectNode arguments) throws InterruptedException;
  }

  /** As tools/list describes it. */
  ObjectNode described() {
    ObjectNode tool =
        ApiJson.object().put("name", name).put("title", title).put("description", description);
    ObjectNode schema = tool.putObject("inputSchema").put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    for (Argument argument : arguments) {
      ObjectNode property =
          properties
              .putObject(argument.name())
              .put("type", argument.type())
              .put("description", argument.description());
      if (!argument.values().isEmpty()) {
        argument.values().forEach(property.putArray("enum")::add);
      }
    }
    arguments.stream()
        .filter(Argument::isRequired)
        .map(Argument::name)
        .forEach(schema.withArray("required")::add);
    schema.put("additionalProperties", false);
    boolean reads = effect == Effect.READS;
    tool.putObject("annotations")
        .put("title", title)
        .put("readOnlyHint", reads)
        .put("destructiveHint", !reads)
        .put("idempotentHint", reads)
        .put("openWorldHint", !reads);
    return tool;
  }

  /** What is wrong with these arguments; empty if nothing is. */
  List<String> faults(JsonNode given) {
    if (!given.isObject()) {
      return List.of("The arguments must be an object.");
    }
    List<String> faults = new ArrayList<>();
    for (Argument argument : arguments) {
      JsonNode value = given.path(argument.name());
      if (value.isMissingNode()) {
        if (argument.isRequired()) {
          faults.add("%s is missing: %s".formatted(argument.name(), argument.description()));
        }
      } else if (!hasType(value, argument.type())) {
        faults.add("%s must be of the type %s.".formatted(argument.name(), argument.type()));
      } else if (!argument.values().isEmpty() && !argument.values().contains(value.asText())) {
        faults.add("%s must be one of %s.".formatted(argument.name(), argument.values()));
      }
    }
    List<String> names = arguments.stream().map(Argument::name).toList();
    given.properties().stream()
        .filter(each -> !names.contains(each.getKey()))
        .forEach(
            each ->
                faults.add(
                    "%s is not an argument of %s, which has %s."
                        .formatted(each.getKey(), name, names)));
    return faults;
  }

  private static boolean hasType(JsonNode value, String type) {
    return switch (type) {
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      default -> value.isTextual();
    };
  }
}

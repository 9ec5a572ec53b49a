package com.natifico.postback.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An EventBridge pattern: each field of the pattern must match one of its listed values. Supports
 * plain values and the operators {@code prefix} and {@code exists}.
 */
sealed interface EventPattern {
  /**
   * @throws IllegalArgumentException for an invalid pattern or an unsupported operator
   */
  static EventPattern of(JsonNode pattern) {
    if (pattern.isObject() && !pattern.isEmpty()) {
      return new Fields(
          pattern.properties().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, field -> of(field.getValue()))));
    }
    if (pattern.isArray() && !pattern.isEmpty()) {
      return new AnyOf(pattern.valueStream().map(Rule::of).toList());
    }
    throw new IllegalArgumentException("a pattern contains objects and lists, not " + pattern);
  }

  /**
   * @param event a missing node if the event has no such field
   */
  boolean matches(JsonNode event);

  record Fields(Map<String, EventPattern> fields) implements EventPattern {
    @Override
    public boolean matches(JsonNode event) {
      return fields.entrySet().stream()
          .allMatch(field -> field.getValue().matches(event.path(field.getKey())));
    }
  }

  record AnyOf(List<Rule> rules) implements EventPattern {
    @Override
    public boolean matches(JsonNode event) {
      return rules.stream().anyMatch(rule -> rule.matches(event));
    }
  }

  /**
   * One of the listed values of a field. If the event's value is a list, any of its items may
   * match.
   */
  sealed interface Rule {
    static Rule of(JsonNode rule) {
      if (rule.isValueNode()) {
        return new Same(rule);
      }
      if (rule.size() == 1 && rule.path("prefix").isTextual()) {
        return new Prefix(rule.path("prefix").textValue());
      }
      if (rule.size() == 1 && rule.path("exists").isBoolean()) {
        return new Exists(rule.path("exists").booleanValue());
      }
      throw new IllegalArgumentException("the local stack does not support the operator " + rule);
    }

    boolean matches(JsonNode value);
  }

  record Same(JsonNode expected) implements Rule {
    @Override
    public boolean matches(JsonNode value) {
      return value.isArray() ? value.valueStream().anyMatch(this::matches) : value.equals(expected);
    }
  }

  record Prefix(String prefix) implements Rule {
    @Override
    public boolean matches(JsonNode value) {
      return value.isArray()
          ? value.valueStream().anyMatch(this::matches)
          : value.isTextual() && value.textValue().startsWith(prefix);
    }
  }

  /** Matches leaves only, as in EventBridge: an object is not a value. */
  record Exists(boolean wanted) implements Rule {
    @Override
    public boolean matches(JsonNode value) {
      return wanted == (value.isValueNode() || (value.isArray() && !value.isEmpty()));
    }
  }
}

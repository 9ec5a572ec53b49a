package com.natifico.postback.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An EventBridge pattern: every field that it names has to match, by one of the field's values. Of
 * the operators it knows {@code prefix} and {@code exists}, and plain values.
 */
sealed interface EventPattern {
  /**
   * @throws IllegalArgumentException for what no pattern may hold, or this one does not know
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
    throw new IllegalArgumentException("a pattern holds objects and lists, not " + pattern);
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

  /** One of the things that a field may be. A list matches by any of its items. */
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
      throw new IllegalArgumentException("the local stack does not know the operator " + rule);
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

  /** Sees leaves only, as EventBridge does: an object is no value. */
  record Exists(boolean wanted) implements Rule {
    @Override
    public boolean matches(JsonNode value) {
      return wanted == (value.isValueNode() || value.isArray() && !value.isEmpty());
    }
  }
}

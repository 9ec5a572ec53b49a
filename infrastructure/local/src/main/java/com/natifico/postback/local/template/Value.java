package com.natifico.postback.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of the template. Scalars are text, because CloudFormation does not distinguish quoted
 * numbers. Short tags are in their long form: {@code !Ref X} is {@code {Ref: X}}.
 */
public sealed interface Value {
  record Text(String text) implements Value {}

  record Sequence(List<Value> items) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * @param members in the order of the template
   */
  record Mapping(Map<String, Value> members) implements Value {
    public Mapping {
      members = new LinkedHashMap<>(members);
    }
  }

  /** An empty mapping. */
  static Mapping none() {
    return new Mapping(Map.of());
  }
}

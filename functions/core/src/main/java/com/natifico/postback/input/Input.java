package com.natifico.postback.input;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client sent, as it came: JSON's values, with numbers kept to the digit. The domain reads
 * it through {@link Fields} and does not know in which notation it travelled.
 */
public sealed interface Input {
  record Text(String value) implements Input {}

  /**
   * @param literal the number as it was written: {@code 12.50} stays so
   */
  @SuppressWarnings("AvoidCommonTypeNames") // JSON's own word, and always read as Input.Number
  record Number(String literal) implements Input {}

  record Bool(boolean value) implements Input {}

  record Null() implements Input {}

  record Array(List<Input> items) implements Input {
    public Array {
      items = List.copyOf(items);
    }
  }

  /**
   * @param members in the order in which they came
   */
  record Obj(Map<String, Input> members) implements Input {
    /** The other members. */
    public Obj without(String name) {
      Map<String, Input> others = new LinkedHashMap<>(members);
      others.remove(name);
      return new Obj(others);
    }
  }
}

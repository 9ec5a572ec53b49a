package com.natifico.postback.contract.input;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client's input, unchanged: JSON's types, with numbers that keep all digits. The domain reads it
 * through {@link Fields}, independent of the notation in which it was sent.
 */
public sealed interface Input {
  record Text(String value) implements Input {}

  /**
   * @param literal the number as it was written: {@code 12.50} stays {@code 12.50}
   */
  @SuppressWarnings(
      "AvoidCommonTypeNames") // The name that JSON uses; it is always qualified as Input.Number
  record Number(String literal) implements Input {}

  record Bool(boolean value) implements Input {}

  record Null() implements Input {}

  record Array(List<Input> items) implements Input {
    public Array {
      items = List.copyOf(items);
    }
  }

  /**
   * @param members in the order in which they were sent
   */
  record Obj(Map<String, Input> members) implements Input {
    /** The object without this member. */
    public Obj without(String name) {
      Map<String, Input> others = new LinkedHashMap<>(members);
      others.remove(name);
      return new Obj(others);
    }
  }
}

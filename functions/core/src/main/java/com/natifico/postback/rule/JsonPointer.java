package com.natifico.postback.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON text (RFC 6901), such as {@code /errors/0/code}.
 *
 * @param text as it was given
 * @param tokens the names and indexes on the way, unescaped
 */
public record JsonPointer(String text, List<String> tokens) {
  public JsonPointer {
    tokens = List.copyOf(tokens);
  }

  /** Null if the text is not a pointer. */
  public static @Nullable JsonPointer find(String text) {
    if (!text.matches("(/([^/~]|~[01])*)*+")) {
      return null;
    }
    List<String> tokens = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String token : text.substring(1).split("/", -1)) {
        tokens.add(token.replace("~1", "/").replace("~0", "~"));
      }
    }
    return new JsonPointer(text, tokens);
  }

  /**
   * The value at this place of a JSON text: a string without its quotes and escapes; a number, a
   * boolean or null as written.
   *
   * @return null if the place has no such value, or the text is not JSON up to there
   */
  public @Nullable String valueIn(String json) {
    return new JsonScan(json).value(this);
  }

  /**
   * @throws IllegalArgumentException if the text is not a pointer
   */
  public static JsonPointer of(String text) {
    JsonPointer pointer = find(text);
    if (pointer == null) {
      throw new IllegalArgumentException("not a JSON pointer");
    }
    return pointer;
  }
}

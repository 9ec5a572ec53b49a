package com.natifico.postback.rule;

import org.jspecify.annotations.Nullable;

/**
 * The responses that a rule matches: those that have the status, contain the text and have the
 * value.
 *
 * @param status null for 2xx
 * @param contains ignoring case; null for any text
 * @param value null for any value
 * @param any whether the condition was given as {@code any}, which restricts nothing
 */
public record Condition(
    @Nullable StatusRange status,
    @Nullable String contains,
    @Nullable JsonValue value,
    boolean any) {

  /** Any response with a 2xx status. */
  public static final Condition ANY = new Condition(null, null, null, true);

  /** The value that the response has at a place in its JSON. */
  public record JsonValue(JsonPointer pointer, String expected) {}

  /** A 2xx response that contains this text. */
  public static Condition containing(String text) {
    return new Condition(null, text, null, false);
  }

  /** A 2xx response with this value there. */
  public static Condition equal(String pointer, String expected) {
    return new Condition(null, null, new JsonValue(JsonPointer.of(pointer), expected), false);
  }

  /** The same for this status. */
  public Condition withStatus(String word) {
    return new Condition(StatusRange.find(word), contains, value, any);
  }

  boolean readsBody() {
    return contains != null || value != null;
  }

  boolean matches(ResponseText response) {
    return (status == null ? StatusRange.SUCCESS : status).contains(response.status())
        && (contains == null || response.contains(contains))
        && (value == null || value.expected().equals(response.value(value.pointer())));
  }
}

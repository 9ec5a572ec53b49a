package com.natifico.postback.aws.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes JSON as a stream of calls, without building or mapping a tree first. */
public final class JsonOutput {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A function that writes a value. */
  @FunctionalInterface
  public interface Value {
    void writeTo(JsonOutput out) throws IOException;
  }

  private final JsonGenerator generator;

  private JsonOutput(JsonGenerator generator) {
    this.generator = generator;
  }

  /** An object as text, with the members that the value writes. */
  public static String object(Value members) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      generator.writeStartObject();
      members.writeTo(new JsonOutput(generator));
      generator.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written", e);
    }
    return text.toString();
  }

  /** Writes a member, null if the value is null. */
  public JsonOutput field(String name, @Nullable String value) throws IOException {
    generator.writeStringField(name, wellFormed(value));
    return this;
  }

  public JsonOutput field(String name, boolean value) throws IOException {
    generator.writeBooleanField(name, value);
    return this;
  }

  public JsonOutput field(String name, long value) throws IOException {
    generator.writeNumberField(name, value);
    return this;
  }

  public JsonOutput field(String name, @Nullable Integer value) throws IOException {
    if (value == null) {
      generator.writeNullField(name);
    } else {
      generator.writeNumberField(name, value);
    }
    return this;
  }

  /** Writes a time in ISO 8601, UTC. */
  public JsonOutput field(String name, @Nullable Instant value) throws IOException {
    return field(name, value == null ? null : value.toString());
  }

  public JsonOutput strings(String name, Collection<String> values) throws IOException {
    generator.writeArrayFieldStart(name);
    for (String value : values) {
      generator.writeString(wellFormed(value));
    }
    generator.writeEndArray();
    return this;
  }

  /** Writes a list of lists of texts. */
  public JsonOutput stringLists(String name, Collection<? extends Collection<String>> values)
      throws IOException {
    generator.writeArrayFieldStart(name);
    for (Collection<String> value : values) {
      generator.writeStartArray();
      for (String each : value) {
        generator.writeString(wellFormed(each));
      }
      generator.writeEndArray();
    }
    generator.writeEndArray();
    return this;
  }

  public JsonOutput numbers(String name, Collection<Long> values) throws IOException {
    generator.writeArrayFieldStart(name);
    for (long value : values) {
      generator.writeNumber(value);
    }
    generator.writeEndArray();
    return this;
  }

  public JsonOutput object(String name, Value members) throws IOException {
    generator.writeObjectFieldStart(name);
    members.writeTo(this);
    generator.writeEndObject();
    return this;
  }

  /** A function that writes the members of one item. */
  @FunctionalInterface
  public interface Item<T> {
    void write(JsonOutput out, T item) throws IOException;
  }

  /** Writes a list of objects. */
  public <T> JsonOutput objects(String name, Iterable<T> items, Item<T> members)
      throws IOException {
    generator.writeArrayFieldStart(name);
    for (T item : items) {
      generator.writeStartObject();
      members.write(this, item);
      generator.writeEndObject();
    }
    generator.writeEndArray();
    return this;
  }

  /**
   * Replaces unpaired surrogates, which a problem may quote from a request and which the response's
   * serializer would reject.
   */
  private static @Nullable String wellFormed(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }
}

package com.natifico.postback.aws.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of values that events consist of; null stays null. */
final class Json {
  private Json() {}

  /** Takes one member; the parser stands on its value. */
  @FunctionalInterface
  interface Member {
    void read(String name, JsonParser parser) throws IOException;
  }

  /** Makes a part of an event. */
  @FunctionalInterface
  interface Part<T> {
    T read(JsonParser parser) throws IOException;
  }

  static <T> @Nullable T orNull(JsonParser parser, Part<T> part) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : part.read(parser);
  }

  /** Every member of an object; what a member does not consume is skipped. */
  static void members(JsonParser parser, Member member) throws IOException {
    expect(parser, JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      member.read(name, parser);
    }
  }

  static @Nullable String text(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getValueAsString();
  }

  static @Nullable List<String> texts(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    expect(parser, JsonToken.START_ARRAY);
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(parser));
    }
    return texts;
  }

  static @Nullable Map<String, String> textsByName(JsonParser parser) throws IOException {
    return orNull(
        parser,
        object -> {
          Map<String, String> texts = new LinkedHashMap<>();
          members(object, (name, value) -> texts.put(name, text(value)));
          return texts;
        });
  }

  /** Anything, as the runtime's own mapping makes it. */
  static @Nullable Object any(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        members(parser, (name, value) -> members.put(name, any(value)));
        yield members;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(any(parser));
        }
        yield items;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_STRING -> parser.getText();
      default -> null;
    };
  }

  static void write(JsonGenerator out, String name, @Nullable Map<String, String> texts)
      throws IOException {
    if (texts == null) {
      return;
    }
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      out.writeStringField(text.getKey(), text.getValue());
    }
    out.writeEndObject();
  }

  private static void expect(JsonParser parser, JsonToken token) throws IOException {
    if (parser.currentToken() != token) {
      throw new IOException("an event with " + parser.currentToken() + " instead of " + token);
    }
  }
}

package com.natifico.postback.aws.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes the value types that events consist of; null stays null. */
public final class LambdaJson {
  private LambdaJson() {}

  public static boolean isNull(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /**
   * Enters an object. Members are iterated by name, without a lambda at each call site: the JVM
   * would create a class for each lambda while the first request waits.
   *
   * @return the first member's name, with the parser on its value; null if there is none
   */
  public static @Nullable String first(JsonParser parser) throws IOException {
    expect(parser, JsonToken.START_OBJECT);
    return next(parser);
  }

  /** Like {@link #first}, after a value that was read or skipped completely. */
  public static @Nullable String next(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.FIELD_NAME) {
      return null;
    }
    String name = parser.currentName();
    parser.nextToken();
    return name;
  }

  public static @Nullable String text(JsonParser parser) throws IOException {
    return isNull(parser) ? null : parser.getValueAsString();
  }

  static @Nullable List<String> texts(JsonParser parser) throws IOException {
    if (isNull(parser)) {
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
    if (isNull(parser)) {
      return null;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name = first(parser); name != null; name = next(parser)) {
      texts.put(name, text(parser));
    }
    return texts;
  }

  /** Any value, mapped as the runtime's own serializer maps it. */
  static @Nullable Object any(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> anyByName(parser);
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

  public static Map<String, Object> anyByName(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name = first(parser); name != null; name = next(parser)) {
      members.put(name, any(parser));
    }
    return members;
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

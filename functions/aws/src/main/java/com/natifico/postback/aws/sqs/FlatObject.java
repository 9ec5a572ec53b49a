package com.natifico.postback.aws.sqs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of our own messages: scalars, objects and lists of objects. Members that a reader
 * does not ask for are ignored, so that an older function can read a newer one's messages.
 *
 * @param scalars as text; null values are omitted
 * @param lists an object counts as a list with one element
 */
record FlatObject(Map<String, String> scalars, Map<String, List<FlatObject>> lists) {
  /**
   * Writes only ASCII: SQS replaces characters that XML does not allow, such as U+FFFE, and counts
   * bytes, which equal the characters in ASCII.
   */
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /**
   * @throws IllegalArgumentException if the text is not such an object; the exception quotes
   *     nothing of it
   */
  static FlatObject parse(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("a message that is not a JSON object");
      }
      return read(parser);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a message that is not JSON");
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
  }

  private static FlatObject read(JsonParser parser) throws IOException {
    Map<String, String> scalars = new HashMap<>();
    Map<String, List<FlatObject>> lists = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value.isScalarValue()) {
        if (value != JsonToken.VALUE_NULL) {
          scalars.put(name, parser.getText());
        }
      } else if (value == JsonToken.START_ARRAY) {
        lists.put(name, objects(parser));
      } else {
        lists.put(name, List.of(read(parser)));
      }
    }
    return new FlatObject(scalars, lists);
  }

  private static List<FlatObject> objects(JsonParser parser) throws IOException {
    List<FlatObject> objects = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        objects.add(read(parser));
      } else {
        parser.skipChildren();
      }
    }
    return objects;
  }

  @Nullable String textOrNull(String name) {
    return scalars.get(name);
  }

  /**
   * @throws IllegalArgumentException if the member is missing
   */
  String text(String name) {
    String value = scalars.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a message without " + name);
    }
    return value;
  }

  int number(String name) {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a message whose " + name + " is not a number");
    }
  }

  @Nullable Integer numberOrNull(String name) {
    return scalars.containsKey(name) ? number(name) : null;
  }

  Instant instant(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a message whose " + name + " is not a time");
    }
  }

  @Nullable Instant instantOrNull(String name) {
    return scalars.containsKey(name) ? instant(name) : null;
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(scalars.get(name));
  }

  List<FlatObject> list(String name) {
    return lists.getOrDefault(name, List.of());
  }

  /** The member as an object; null if it is missing. */
  @Nullable FlatObject objectOrNull(String name) {
    List<FlatObject> objects = list(name);
    return objects.isEmpty() ? null : objects.getFirst();
  }
}

package com.natifico.postback.contract.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemException;
import com.natifico.postback.contract.problem.ProblemType;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a client's JSON, and writes it again. Numbers keep all their digits, and ambiguous input is
 * rejected.
 */
public final class JsonInput {
  /** Deeper than any object of the contract, and far below what could overflow the stack. */
  private static final int MAX_DEPTH = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(100)
                  .build())
          .build();

  private JsonInput() {}

  /**
   * Parses a JSON object.
   *
   * @throws com.natifico.postback.contract.problem.ProblemException 400 if the text is not JSON,
   *     422 if it is not an object or repeats a member
   */
  public static Input.Obj object(String json) {
    if (json.isBlank()) {
      throw Problem.malformed("The request has no body. Send a JSON object.");
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      return object(parser);
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
  }

  /** The input as JSON, without blanks between its parts. */
  public static String write(Input input) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      write(out, input);
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Input input) throws IOException {
    switch (input) {
      case Input.Text(String value) -> out.writeString(value);
      case Input.Number(String literal) -> out.writeNumber(literal);
      case Input.Bool(boolean value) -> out.writeBoolean(value);
      case Input.Null() -> out.writeNull();
      case Input.Array(List<Input> items) -> {
        out.writeStartArray();
        for (Input item : items) {
          write(out, item);
        }
        out.writeEndArray();
      }
      case Input.Obj(Map<String, Input> members) -> {
        out.writeStartObject();
        for (Map.Entry<String, Input> member : members.entrySet()) {
          out.writeFieldName(member.getKey());
          write(out, member.getValue());
        }
        out.writeEndObject();
      }
    }
  }

  private static Input.Obj object(JsonParser parser) throws IOException {
    try {
      parser.nextToken();
      Input value = read(parser);
      if (parser.nextToken() != null) {
        throw Problem.malformed("There is more text after the JSON value; send one object.");
      }
      if (value instanceof Input.Obj object) {
        return object;
      }
      throw Problem.invalid("", "wrong_type", "The body must be a JSON object.");
    } catch (StreamConstraintsException e) {
      throw beyondLimits(parser);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw Problem.malformed("The body is not JSON: " + where(e));
    }
  }

  private static ProblemException beyondLimits(JsonParser parser) {
    String detail =
        "The JSON is nested deeper than "
            + MAX_DEPTH
            + " levels, or has a number of more than 100 digits, or a name that is too long.";
    String field = shown(outermostName(parser));
    return Problem.of(
        ProblemType.MALFORMED,
        detail,
        field.isEmpty() ? List.of() : List.of(new FieldError(field, "too_deep", detail)));
  }

  private static String outermostName(JsonParser parser) {
    String name = "";
    for (JsonStreamContext in = parser.getParsingContext(); in != null; in = in.getParent()) {
      name = in.getCurrentName() == null ? name : in.getCurrentName();
    }
    return name;
  }

  private static String where(com.fasterxml.jackson.core.JsonProcessingException e) {
    var location = e.getLocation();
    return location == null
        ? "it ends too early."
        : "look at line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
  }

  private static Input read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw endsEarly();
    }
    return switch (token) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> new Input.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Input.Number(parser.getText());
      case VALUE_TRUE -> new Input.Bool(true);
      case VALUE_FALSE -> new Input.Bool(false);
      case VALUE_NULL -> new Input.Null();
      default -> throw endsEarly();
    };
  }

  private static ProblemException endsEarly() {
    return Problem.malformed("The body ends before its JSON does.");
  }

  private static Input.Obj readObject(JsonParser parser) throws IOException {
    Map<String, Input> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (members.put(name, read(parser)) != null) {
        String path = pathTo(parser, name);
        throw Problem.invalid(
            path, "duplicate_field", "The field " + path + " is there twice; send it once.");
      }
    }
    return new Input.Obj(members);
  }

  /** The path to a member: names joined with dots, with the positions in lists. */
  private static String pathTo(JsonParser parser, String name) {
    StringBuilder path = new StringBuilder(name);
    JsonStreamContext in = parser.getParsingContext();
    for (in = in.getParent(); in != null && !in.inRoot(); in = in.getParent()) {
      if (in.inArray()) {
        path.insert(0, "[" + in.getCurrentIndex() + "].");
      } else if (path.charAt(0) == '[') {
        path.insert(0, in.getCurrentName());
      } else {
        path.insert(0, in.getCurrentName() + ".");
      }
    }
    return shown(path.toString().replace("].[", "]["));
  }

  /** Shortened, because the message repeats it to the sender. */
  private static String shown(String name) {
    return name.length() > 64 ? name.substring(0, 64) : name;
  }

  private static Input.Array readArray(JsonParser parser) throws IOException {
    List<Input> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser));
    }
    return new Input.Array(items);
  }
}

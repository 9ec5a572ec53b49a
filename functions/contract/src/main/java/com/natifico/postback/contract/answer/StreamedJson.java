package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes JSON without databind: pushes' answers, problems, and part of the OpenAPI document. */
public final class StreamedJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Writes the members of an object. */
  public interface Members {
    void write(JsonGenerator out) throws IOException;
  }

  private StreamedJson() {}

  public static String object(Members members) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.writeStartObject();
      members.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written", e);
    }
    return text.toString();
  }

  static void text(JsonGenerator out, String name, String value) throws IOException {
    out.writeStringField(name, WellFormed.of(value));
  }

  /** Without the member if the value is null. */
  static void textUnlessNull(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      text(out, name, value);
    }
  }

  public static void texts(JsonGenerator out, String name, List<String> values) throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(WellFormed.of(value));
    }
    out.writeEndArray();
  }
}

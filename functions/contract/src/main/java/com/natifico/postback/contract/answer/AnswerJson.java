package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of this package as JSON: names in snake case, times in ISO 8601 UTC, null for
 * what is missing unless a record leaves it out.
 */
public final class AnswerJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(new WellFormedSerializer()))
          .build();

  private static final TypeReference<Map<String, @Nullable Object>> MEMBERS =
      new TypeReference<>() {};

  private AnswerJson() {}

  public static String write(Record answer) {
    try {
      return MAPPER.writeValueAsString(answer);
    } catch (JacksonException e) {
      throw new IllegalStateException("an answer cannot be written", e);
    }
  }

  /** The members of an answer, for another format. */
  static Map<String, @Nullable Object> members(Record answer) {
    return MAPPER.convertValue(answer, MEMBERS);
  }

  private static final class WellFormedSerializer extends StdScalarSerializer<String> {
    private static final long serialVersionUID = 1;

    WellFormedSerializer() {
      super(String.class);
    }

    @Override
    public void serialize(String text, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(WellFormed.of(text));
    }
  }
}

package com.natifico.postback.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.natifico.postback.contract.answer.AnswerJson;
import com.natifico.postback.contract.answer.FilterAnswer;
import com.natifico.postback.contract.answer.StreamedJson;
import com.natifico.postback.macro.FilterCatalogue;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The description of the HTTP contract in OpenAPI 3.1. */
public final class OpenApi {
  /** Its place in {@code openapi.json} is where the fields from the table of macros are written. */
  private static final String PUSHED_FIELDS = "\"(the fields that feed macros)\": {}";

  /** Its place in {@code openapi.json} is where the example of the filters is written. */
  private static final String FILTERS = "\"(the catalogue of filters)\"";

  private OpenApi() {}

  /**
   * The document, as JSON: {@code openapi.json} with the pushed fields of the table of macros and
   * the filters of their catalogue.
   */
  public static String document() {
    return Lazy.DOCUMENT;
  }

  /** Writes the document to a file, for a release. */
  public static void main(String[] file) throws IOException {
    Files.writeString(Path.of(file[0]), document());
  }

  /** Read when first asked for, since most invocations never need it. */
  private static final class Lazy {
    static final String DOCUMENT =
        read("openapi.json").replace(PUSHED_FIELDS, pushedFields()).replace(FILTERS, filters());

    private static String read(String name) {
      try (InputStream in = OpenApi.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("the function was packaged without " + name);
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String pushedFields() {
    String fields =
        StreamedJson.object(
            out -> {
              for (Macro macro : Macros.all()) {
                if (macro.kind().isPushedField()) {
                  out.writeObjectFieldStart(macro.name());
                  describe(macro, out);
                  out.writeEndObject();
                }
              }
            });
    return fields.substring(1, fields.length() - 1);
  }

  private static String filters() {
    return FilterCatalogue.all().stream()
        .map(filter -> AnswerJson.write(FilterAnswer.of(filter)))
        .collect(Collectors.joining(","));
  }

  private static void describe(Macro macro, JsonGenerator out) throws IOException {
    switch (macro.kind()) {
      case DECIMAL -> {
        out.writeStringField("description", macro.description());
        out.writeFieldName("oneOf");
        out.writeRawValue("[{\"$ref\":\"#/components/schemas/Amount\"},{\"type\":\"null\"}]");
      }
      case CURRENCY -> {
        text(macro, " ISO 4217, or 3 to 10 letters and digits such as USDT.", out);
        out.writeStringField("pattern", "^[A-Za-z0-9]{3,10}$");
      }
      case COUNTRY -> {
        text(macro, " ISO 3166-1 alpha-2.", out);
        out.writeStringField("pattern", "^[A-Za-z]{2}$");
      }
      default -> {
        text(macro, "", out);
        out.writeNumberField("maxLength", 1024);
      }
    }
  }

  private static void text(Macro macro, String format, JsonGenerator out) throws IOException {
    out.writeStringField("description", macro.description() + format);
    StreamedJson.texts(out, "type", List.of("string", "null"));
    StreamedJson.texts(out, "examples", List.of(macro.example()));
  }
}

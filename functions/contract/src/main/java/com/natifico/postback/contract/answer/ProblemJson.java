package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.macro.Template.Correction;
import java.io.IOException;
import java.util.List;

/** Problems as RFC 9457 has them. */
public final class ProblemJson {
  /**
   * The prefix of every problem's {@code type}: a name, not an address (RFC 9457, section 3.1.1).
   */
  public static final String TYPE = "urn:natifico:postback:problem:";

  /** The path of the route that explains a problem's type. */
  private static final String HELP = "/v1/problems/";

  private ProblemJson() {}

  public static String write(Problem problem) {
    return StreamedJson.object(out -> writeMembers(out, problem));
  }

  static void writeMembers(JsonGenerator out, Problem problem) throws IOException {
    StreamedJson.text(out, "type", TYPE + problem.type().word());
    StreamedJson.text(out, "title", problem.type().title());
    out.writeNumberField("status", problem.status());
    StreamedJson.text(out, "detail", problem.detail());
    StreamedJson.text(out, "help", HELP + problem.type().word());
    writeErrors(out, "errors", problem.errors());
  }

  /** A list of errors or warnings about fields. */
  static void writeErrors(JsonGenerator out, String name, List<FieldError> errors)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (FieldError error : errors) {
      out.writeStartObject();
      StreamedJson.text(out, "field", error.field());
      StreamedJson.text(out, "code", error.code());
      StreamedJson.text(out, "message", error.message());
      StreamedJson.textUnlessNull(out, "suggestion", error.suggestion());
      Correction correction = error.correction();
      if (correction != null) {
        out.writeObjectFieldStart("correction");
        StreamedJson.text(out, "replace", correction.replace());
        StreamedJson.text(out, "with", correction.with());
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}

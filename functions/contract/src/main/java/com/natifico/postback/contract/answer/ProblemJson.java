package com.natifico.postback.contract.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.contract.problem.Problem;
import java.io.IOException;
import java.util.List;

/** Problems as RFC 9457 has them. */
public final class ProblemJson {
  /**
   * The prefix of every problem's {@code type}: a name, not an address (RFC 9457, section 3.1.1).
   */
  public static final String TYPE = "urn:natifico:postback:problem:";

  private ProblemJson() {}

  public static String write(Problem problem) {
    return StreamedJson.object(out -> writeMembers(out, problem));
  }

  static void writeMembers(JsonGenerator out, Problem problem) throws IOException {
    StreamedJson.text(out, "type", TYPE + problem.type());
    StreamedJson.text(out, "title", problem.title());
    out.writeNumberField("status", problem.status());
    StreamedJson.text(out, "detail", problem.detail());
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
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}

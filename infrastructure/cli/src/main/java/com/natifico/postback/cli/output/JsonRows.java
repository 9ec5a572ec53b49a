package com.natifico.postback.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.cli.api.ApiJson;
import java.io.PrintStream;

/** Rows as JSON, as the API has answered them: an array, or an object in each line. */
final class JsonRows implements RowWriter {
  private final PrintStream out;
  private final boolean isArray;
  private boolean isFirst = true;

  private JsonRows(PrintStream out, boolean isArray) {
    this.out = out;
    this.isArray = isArray;
  }

  static JsonRows ofList(PrintStream out) {
    return new JsonRows(out, true);
  }

  static JsonRows ofLines(PrintStream out) {
    return new JsonRows(out, false);
  }

  @Override
  public void add(JsonNode row) {
    if (isArray) {
      out.print(isFirst ? "[\n" : ",\n");
    }
    isFirst = false;
    out.print(ApiJson.write(row));
    if (!isArray) {
      out.print("\n");
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void end() {
    if (isArray) {
      out.print(isFirst ? "[]\n" : "\n]\n");
    }
    out.flush();
  }
}

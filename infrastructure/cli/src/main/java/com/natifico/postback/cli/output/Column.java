package com.natifico.postback.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.natifico.postback.cli.api.ApiJson;
import java.util.function.Function;

/**
 * A column of a table or of CSV.
 *
 * @param inTable whether the table for people has it, too
 * @param value its value in a row; null or missing if there is none
 */
public record Column(String name, boolean inTable, Function<JsonNode, JsonNode> value) {
  /** The member of this name, in the table and in CSV. */
  public static Column of(String member) {
    return new Column(member, true, row -> row.path(member));
  }

  /** The member of this name, in CSV alone. */
  public static Column ofCsv(String member) {
    return new Column(member, false, row -> row.path(member));
  }

  /** The text of its value: empty if there is none, JSON for what has parts. */
  String text(JsonNode row) {
    JsonNode found = value.apply(row);
    if (found.isNull() || found.isMissingNode()) {
      return "";
    }
    return found.isContainerNode() ? ApiJson.write(found) : found.asText();
  }
}

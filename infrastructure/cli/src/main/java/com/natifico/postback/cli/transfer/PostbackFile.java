package com.natifico.postback.cli.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.cli.api.ApiJson;
import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.cli.output.CsvText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads postbacks from JSON, as an array or as the API answers a list, or from CSV, whose first row
 * names the members. In CSV an empty cell means that the member is left out, headers, secrets and
 * answer rules are written as JSON, and statuses and goals as JSON or as words with commas between
 * them.
 */
public final class PostbackFile {
  private static final Set<String> WORDS = Set.of("statuses", "goals");
  private static final Set<String> STRUCTURES = Set.of("headers", "secrets", "answer_rules");
  private static final Set<String> VALUES = Set.of("also_global", "signed", "max_per_second");

  private PostbackFile() {}

  /**
   * The rows of a file with this content.
   *
   * @throws UsageProblem if it cannot be read; the message names the place
   */
  public static List<PostbackRow> read(String content) {
    String text = content.strip();
    return text.startsWith("[") || text.startsWith("{") ? json(text) : csv(content);
  }

  private static List<PostbackRow> json(String text) {
    JsonNode whole = parsed(text, "The file");
    JsonNode items = whole.isObject() ? whole.path("items") : whole;
    if (!items.isArray()) {
      throw new UsageProblem("The file has neither an array of postbacks nor a list in “items”.");
    }
    List<PostbackRow> rows = new ArrayList<>();
    for (JsonNode item : items) {
      if (!(item instanceof ObjectNode row)) {
        throw new UsageProblem("Item %d is not an object.".formatted(rows.size() + 1));
      }
      rows.add(new PostbackRow(rows.size() + 1, row));
    }
    return rows;
  }

  private static List<PostbackRow> csv(String text) {
    List<CsvText.Line> lines = lines(text);
    if (lines.isEmpty()) {
      throw new UsageProblem("The file is empty.");
    }
    List<String> names = lines.getFirst().fields();
    if (!names.contains("url")) {
      throw new UsageProblem(
          "The first row must name the members of a postback, such as url: %s".formatted(names));
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new UsageProblem("The first row names a member twice: %s".formatted(names));
    }
    return lines.stream().skip(1).map(line -> row(names, line)).toList();
  }

  private static List<CsvText.Line> lines(String text) {
    try {
      return CsvText.read(text);
    } catch (IllegalArgumentException e) {
      throw new UsageProblem("The file is not CSV: " + e.getMessage());
    }
  }

  private static PostbackRow row(List<String> names, CsvText.Line line) {
    if (line.fields().size() != names.size()) {
      throw new UsageProblem(
          "Line %d has %d fields and the first row %d."
              .formatted(line.number(), line.fields().size(), names.size()));
    }
    ObjectNode row = ApiJson.object();
    for (int i = 0; i < names.size(); i++) {
      String cell = line.fields().get(i);
      if (!cell.isEmpty()) {
        row.set(names.get(i), value(names.get(i), cell, line.number()));
      }
    }
    return new PostbackRow(line.number(), row);
  }

  private static JsonNode value(String name, String cell, int line) {
    String place = "%s in line %d".formatted(name, line);
    if (STRUCTURES.contains(name) || VALUES.contains(name)) {
      return parsed(cell, place);
    }
    if (WORDS.contains(name)) {
      return cell.startsWith("[") ? parsed(cell, place) : words(cell);
    }
    return ApiJson.object().textNode(cell);
  }

  private static ArrayNode words(String cell) {
    ArrayNode words = ApiJson.object().arrayNode();
    for (String word : cell.split(",", -1)) {
      words.add(word.strip());
    }
    return words;
  }

  private static JsonNode parsed(String text, String what) {
    try {
      return ApiJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UsageProblem("%s is not JSON: %s".formatted(what, e.getOriginalMessage()));
    }
  }
}

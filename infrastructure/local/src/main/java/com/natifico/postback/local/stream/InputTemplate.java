package com.natifico.postback.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pipe's input template: JSON in which {@code <$.a.b>} is replaced by a value of the event,
 * inside a string or as a separate value.
 */
final class InputTemplate {
  private static final Pattern VARIABLE = Pattern.compile("<([^<>]*)>");
  private static final Pattern PATH = Pattern.compile("\\$(\\.[A-Za-z0-9_-]+)+");

  private final String text;
  private final ObjectMapper json;

  /**
   * @throws IllegalArgumentException if it is not JSON, or uses variables other than paths of names
   */
  InputTemplate(String text, ObjectMapper json) {
    this.text = text;
    this.json = json;
    VARIABLE
        .matcher(text)
        .results()
        .map(variable -> variable.group(1))
        .filter(variable -> !PATH.matcher(variable).matches())
        .forEach(
            variable -> {
              throw new IllegalArgumentException(
                  "the local stack does not support the variable <" + variable + ">");
            });
    try {
      json.readTree(VARIABLE.matcher(text).replaceAll("0"));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The message for an event, as compact JSON.
   *
   * @throws IllegalArgumentException if the event lacks a value; AWS does not document what a pipe
   *     does then, so no template may depend on it
   */
  String render(JsonNode event) {
    Matcher variable = VARIABLE.matcher(text);
    StringBuilder rendered = new StringBuilder();
    while (variable.find()) {
      String path = variable.group(1).substring(1).replace('.', '/');
      JsonNode value = event.at(path);
      if (value.isMissingNode()) {
        throw new IllegalArgumentException("the event has no " + variable.group(1));
      }
      boolean isInText = isInText(text, variable.start());
      variable.appendReplacement(rendered, Matcher.quoteReplacement(written(value, isInText)));
    }
    try {
      return json.readTree(variable.appendTail(rendered).toString()).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the message is not JSON: " + rendered, e);
    }
  }

  private static String written(JsonNode value, boolean isInText) {
    String written = value.toString();
    return isInText && value.isTextual() ? written.substring(1, written.length() - 1) : written;
  }

  private static boolean isInText(String text, int end) {
    boolean inText = false;
    for (int i = 0; i < end; i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '"' -> inText = !inText;
        default -> {}
      }
    }
    return inText;
  }
}

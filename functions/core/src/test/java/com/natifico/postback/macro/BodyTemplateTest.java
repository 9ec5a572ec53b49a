package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.macro.Template.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BodyTemplateTest {
  private static String json(String source, MacroValues values) {
    return Template.of(source, Kind.JSON).expand(values);
  }

  private static String form(String source, MacroValues values) {
    return Template.of(source, Kind.FORM).expand(values);
  }

  static Stream<Arguments> insideOfAString() {
    return Stream.of(
        Arguments.of("plain", "plain"),
        Arguments.of("a \"b\" \\ c", "a \\\"b\\\" \\\\ c"),
        Arguments.of("\n\r\t\u0000\u001f", "\\n\\r\\t\\u0000\\u001f"),
        Arguments.of("ü€😀/", "ü€😀/"),
        Arguments.of("\uD800x\uDC00", "\uFFFDx\uFFFD"));
  }

  @ParameterizedTest
  @MethodSource("insideOfAString")
  void escapesAValueInsideAJsonString(String value, String escaped) {
    assertEquals(
        "{\"v\": \"<" + escaped + ">\"}", json("{\"v\": \"<{sub1}>\"}", Values.of("sub1", value)));
  }

  static Stream<Arguments> rawInsideOfAString() {
    return Stream.of(
        Arguments.of("a\\nb\\u00fc\\\"", "a\\nb\\u00fc\\\""),
        Arguments.of("a\"b", "a\\\"b"),
        Arguments.of("a\\x\\", "a\\\\x\\\\"),
        Arguments.of("a\\u12", "a\\\\u12"),
        Arguments.of("a\nb", "a\\nb"));
  }

  @ParameterizedTest
  @MethodSource("rawInsideOfAString")
  void rawKeepsTheEscapesOfAValue(String value, String written) {
    assertEquals(
        "{\"v\": \"" + written + "\"}", json("{\"v\": \"{sub1|raw}\"}", Values.of("sub1", value)));
  }

  static Stream<Arguments> outsideOfQuotes() {
    return Stream.of(
        Arguments.of("{sum}", "sum", "12.50", "12.50"),
        Arguments.of("{sum}", "sum", "-0.5", "-0.5"),
        Arguments.of("{sum}", "sum", "007.50", "7.50"),
        Arguments.of("{sum}", "sum", "-00", "-0"),
        Arguments.of("{sum}", "sum", "", "null"),
        Arguments.of("{sum}", "sum", "12,50", "\"12,50\""),
        Arguments.of("{sum|default:0}", "sum", "", "0"),
        Arguments.of("{status}", "status", "1", "1"),
        Arguments.of("{timestamp}", "timestamp", "1793628189", "1793628189"),
        Arguments.of("{is_test}", "is_test", "0", "0"),
        Arguments.of("{status_text}", "status_text", "approved", "\"approved\""),
        Arguments.of("{ref_id}", "ref_id", "123", "\"123\""),
        Arguments.of("{ref_id}", "ref_id", "a\"b", "\"a\\\"b\""),
        Arguments.of("{ref_id}", "ref_id", "", "null"),
        Arguments.of("{sub1|multiply:2}", "sub1", "4", "8"),
        Arguments.of("{sub1|raw}", "sub1", "4", "4"),
        Arguments.of("{sub1|raw}", "sub1", "true", "true"),
        Arguments.of("{sub1|raw}", "sub1", "[1]", "\"[1]\""),
        Arguments.of("{is_test|map:0=false,1=true}", "is_test", "0", "\"false\""),
        Arguments.of("{is_test|map:0=false,1=true|raw}", "is_test", "0", "false"));
  }

  @ParameterizedTest
  @MethodSource("outsideOfQuotes")
  void writesAWholeValueOutsideOfQuotes(String macro, String name, String value, String written) {
    assertEquals(
        "{\"v\": " + written + ", \"w\": [" + written + "]}",
        json("{\"v\": " + macro + ", \"w\": [" + macro + "]}", Values.of(name, value)));
  }

  @Test
  void acceptsABodyThatConsistsOfAMacro() {
    assertEquals("\"x\"", json("{sub1}", Values.of("sub1", "x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}
          { "a": {} }
          {"a": "{"}
          {"a": "}"}
          {"a": "{ x }"}
          {"a": "{1}"}
          {"a": "{x y}"}
          {"a": "\\"{"}
          {"a": -0.5e+3}
          {"a": [true, false, null, 1E5, "\\u00fc"]}
          """)
  void keepsTheBodysOwnBraces(String body) {
    assertEquals(body, json(body, Values.NONE));
  }

  @Test
  void keepsTheLinesOfAJsonBody() {
    assertEquals(
        "{\n\t\"a\": \"x\"\r\n}", json("{\n\t\"a\": \"{sub1}\"\r\n}", Values.of("sub1", "x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      textBlock =
          """
          a={sub1}&b=c -> a=x%20%26%3D%2B%25&b=c
          a={sub1|raw} -> a=x%20&=+%25
          {sub1}=1 -> x%20%26%3D%2B%25=1
          `a=b c` -> a=b%20c
          a=b+c -> a=b+c
          a={"b":"{sub1}"} -> a=%7B%22b%22:%22x%20%26%3D%2B%25%22%7D
          a=ü# -> a=%C3%BC%23
          `` -> ``
          """)
  void encodesAForm(String source, String sent) {
    assertEquals(sent, form(source, Values.of("sub1", "x &=+%")));
  }
}

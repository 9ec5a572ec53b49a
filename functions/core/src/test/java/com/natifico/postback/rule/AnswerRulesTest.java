package com.natifico.postback.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerRulesTest {
  private static final String BODY =
      """
      {"code": 0, "ok":true, "none": null, "text": "a \\"b\\" \\u00e9", "price": 1.50,
       "list": [{"x": 1}, {"x": [2, 3]}], "": "empty name", "a/b": {"m~n": "escaped"},
       "code": 1, "nested": {"text": "}]\\"{["}, "last": "end"}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "/code; 0",
        "/ok; true",
        "/none; null",
        "/text; a \"b\" é",
        "/price; 1.50",
        "/list/0/x; 1",
        "/list/1/x/1; 3",
        "/; empty name",
        "/a~1b/m~0n; escaped",
        "/nested/text; }]\"{[",
        "/last; end",
      })
  void findsAValueByItsPointer(String pointer, String value) {
    assertEquals(value, value(BODY, pointer));
  }

  @ParameterizedTest
  @CsvSource({"/missing", "/list", "/list/2", "/list/01", "/list/-", "/code/0", "/list/0/x/0"})
  void findsNoValueWhereThereIsNone(String pointer) {
    assertNull(value(BODY, pointer));
  }

  @Test
  void findsTheWholeText() {
    assertEquals("ok", value(" \"ok\" ", ""));
    assertEquals("7", value("7", ""));
    assertNull(value("ok", ""));
    assertNull(value("", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"a\": 1, \"b\": {\"c\"; /a; 1",
        "{\"b\": {\"c\": [1, 2; /b/c/0; 1",
        "{\"b\": {\"c\"; /b/c;",
        "{\"a\": \"begun; /a;",
        "{\"a\": [[[[[[; /b;",
        "{\"a\" 1}; /a;",
        "{a: 1}; /a;",
        "{\"a\": }; /a;",
        "{\"a\": ,\"b\": 1}; /b;",
        "[1 2]; /1;",
        "{\"a\": nonsense}; /a;",
      })
  void readsABrokenTextUpToTheFault(String text, String pointer, @Nullable String value) {
    assertEquals(value, value(text, pointer));
  }

  @Test
  void doesNotTakeANumberFromTheMiddleOfNestedValues() {
    assertEquals("2", value("{\"a\": {\"b\": 1}, \"b\": 2}", "/b"));
  }

  private static @Nullable String value(String text, String pointer) {
    return new JsonScan(text).value(JsonPointer.of(pointer));
  }

  @ParameterizedTest
  @CsvSource({"a", "/~", "/~2", "/a/~"})
  void rejectsWhatIsNotAPointer(String text) {
    assertNull(JsonPointer.find(text));
  }

  @ParameterizedTest
  @CsvSource({"Success=FALSE", "s", "; ", "STRASSE"})
  void comparesTextIgnoringCase(String text) {
    AnswerRule rule = new AnswerRule(Condition.containing(text), Ruling.REJECTED, null);
    String body = "ssssuccess=false; err_msg=Strasse";
    assertEquals(rule, new AnswerRules(List.of(rule)).match(200, body));
    assertNull(new AnswerRules(List.of(rule)).match(200, "nothing of it"));
  }

  @ParameterizedTest
  @CsvSource({
    ", 200, true", ", 299, true", ", 404, false", ", 199, false",
    "404, 404, true", "404, 405, false", "4xx, 499, true", "4xx, 500, false"
  })
  void appliesToTheStatusOfTheCondition(@Nullable String word, int status, boolean matches) {
    Condition when = word == null ? Condition.ANY : Condition.ANY.withStatus(word);
    AnswerRule rule = new AnswerRule(when, Ruling.REJECTED, Meaning.OTHER);
    assertEquals(matches ? rule : null, new AnswerRules(List.of(rule)).match(status, ""));
  }

  @Test
  void theFirstMatchDecidesAndAllPartsOfAConditionMustMatch() {
    AnswerRule both =
        new AnswerRule(
            new Condition(
                null, "error", new Condition.JsonValue(JsonPointer.of("/code"), "7"), false),
            Ruling.REJECTED,
            Meaning.BAD_KEY);
    AnswerRule any = new AnswerRule(Condition.ANY, Ruling.DELIVERED, Meaning.ACCEPTED);
    AnswerRules rules = new AnswerRules(List.of(both, any));
    assertEquals(both, rules.match(200, "{\"code\": 7, \"error\": true}"));
    assertEquals(any, rules.match(200, "{\"code\": 7}"));
    assertEquals(any, rules.match(200, "{\"code\": 8, \"error\": true}"));
    assertNull(rules.match(500, "{\"code\": 7, \"error\": true}"));
  }

  /** A search with quadratic time would need about a minute. */
  @Test
  void judgesInLinearTime() {
    String body = "a".repeat(16 * 1024 * 1024);
    Condition slow = Condition.containing("a".repeat(200) + "b" + "a".repeat(55));
    Condition deep = Condition.equal("/a", "1");
    AnswerRules rules =
        new AnswerRules(
            IntStream.range(0, AnswerRules.MAX_RULES)
                .mapToObj(i -> new AnswerRule(slow, Ruling.REJECTED, null))
                .toList());
    AnswerRules json = new AnswerRules(List.of(new AnswerRule(deep, Ruling.REJECTED, null)));
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          assertNull(rules.match(200, body));
          assertNull(json.match(200, "{\"b\":" + "[".repeat(1024 * 1024)));
          assertNotNull(
              json.match(200, "{\"b\":" + "[".repeat(99_999) + "]".repeat(99_999) + ",\"a\":1"));
        });
  }
}

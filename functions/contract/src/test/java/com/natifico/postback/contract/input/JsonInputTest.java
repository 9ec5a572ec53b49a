package com.natifico.postback.contract.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonInputTest {
  private static Problem refused(String json) {
    return assertThrows(ProblemException.class, () -> JsonInput.object(json)).problem();
  }

  @Test
  void keepsAllDigitsOfNumbers() {
    assertEquals(
        new Input.Number("12.50"), JsonInput.object("{\"sum\": 12.50}").members().get("sum"));
    assertEquals(
        new Input.Number("-0.0"), JsonInput.object("{\"sum\": -0.0}").members().get("sum"));
    assertEquals(new Input.Number("1E9"), JsonInput.object("{\"sum\": 1E9}").members().get("sum"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"a\":1} | a",
        "{\"a\":null,\"\\u0061\":null} | a",
        "{\"o\":{\"b\":1,\"b\":2}} | o.b",
        "{\"l\":[0,{\"b\":1,\"b\":2}]} | l[1].b",
        "{\"l\":[[{\"b\":1,\"b\":2}]]} | l[0][0].b",
        "{\"o\":{\"p\":{\"b\":1,\"b\":2}}} | o.p.b"
      })
  void namesARepeatedField(String json, String field) {
    Problem problem = refused(json);
    assertEquals(422, problem.status());
    assertEquals(field, problem.errors().getFirst().field());
  }

  @Test
  void namesAFieldThatIsNestedTooDeeply() {
    Problem problem = refused("{\"a\":1,\"b\":{\"c\":" + "[".repeat(100) + "]".repeat(100) + "}}");
    assertEquals(400, problem.status());
    assertEquals("b", problem.errors().getFirst().field());
    assertEquals("c", refused("{\"c\":" + "1".repeat(200) + "}").errors().getFirst().field());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "{\"a\":",
        "{\"a\"}",
        "{a:1}",
        "{\"a\":1}x",
        "{\"a\":1}{}",
        "{\"a\":01}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":'x'}",
        "{\"a\":\"\n\"}",
        "{\"a\":1,}",
        "{//\n}",
        "\uFEFF{}",
        "{\"a\":\"\\x\"}",
        "[1,",
        "{\"a\":[1"
      })
  void rejectsInvalidJson(String json) {
    assertEquals(400, refused(json).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"x\"", "null", "true"})
  void rejectsValuesOtherThanObjects(String json) {
    assertEquals(422, refused(json).status());
  }
}

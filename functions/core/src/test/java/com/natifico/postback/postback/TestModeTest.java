package com.natifico.postback.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestModeTest {
  private static RequestTemplate json(String body) {
    return new RequestTemplate(
        HttpMethod.POST, "https://p.example/e", new RequestBody(body, "application/json"));
  }

  private static String body(TestMode mode, String body) {
    return Objects.requireNonNull(mode.appliedTo(json(body)).body()).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "{\"data\": []}; {\"code\": \"{secret.code}\", \"data\": []}",
        "{}; {\"code\": \"{secret.code}\"}",
        "{\"data\": [], \"code\": \"T1\"}; {\"data\": [], \"code\": \"{secret.code}\"}",
        "{\"code\": {sub1}, \"a\": 1}; {\"code\": \"{secret.code}\", \"a\": 1}",
        "{\"code\":null}; {\"code\":\"{secret.code}\"}",
        "[1]; [1]",
      })
  void addsOrReplacesAMember(String real, String test) {
    assertEquals(test, body(TestMode.Member.code(null, "code"), real));
  }

  @Test
  void addsAMemberToTheObjectOfAnotherOne() {
    TestMode mode = TestMode.Member.code("data", "test_id");

    assertEquals(
        "{\"note\": \"x\", \"data\": {\"test_id\": \"{secret.test_id}\", \"events\": []}}",
        body(mode, "{\"note\": \"x\", \"data\": {\"events\": []}}"));
    assertEquals("{\"events\": []}", body(mode, "{\"events\": []}"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://p.example/e, https://p.example/e?test=true",
    "https://p.example/e?a={sum}, https://p.example/e?a={sum}&test=true",
    "https://p.example/e?test=false&a=1, https://p.example/e?test=true&a=1",
    "https://p.example/e?latest=1, https://p.example/e?latest=1&test=true"
  })
  void setsAParameter(String real, String test) {
    assertEquals(test, new TestMode.Parameter("test").appliedTo(RequestTemplate.get(real)).url());
  }

  @ParameterizedTest
  @CsvSource({
    "https://p.example/v3/1/events?t=a/b, https://p.example/v3/1/events/validate?t=a/b",
    "https://p.example/v3/1/events, https://p.example/v3/1/events/validate",
    "https://p.example/v3/1/events/validate?t=1, https://p.example/v3/1/events/validate?t=1"
  })
  void extendsThePath(String real, String test) {
    assertEquals(test, new TestMode.Path("validate").appliedTo(RequestTemplate.get(real)).url());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "{\"validate_only\": true}; true",
        "{\"validate_only\": false}; false",
        "{\"events\": []}; false",
      })
  void recognizesATemplateThatSendsTestsOnly(String body, boolean isTest) {
    assertEquals(isTest, TestMode.Member.flag("validate_only").isIn(json(body)));
  }

  @Test
  void recognizesTestsByCodeAndByAddress() {
    TestMode code = TestMode.Member.code(null, "code");
    assertTrue(code.isIn(json("{\"code\": \"TEST1\"}")));
    assertFalse(code.isIn(json("{\"code\": \"\"}")));
    assertFalse(code.isIn(RequestTemplate.get("https://p.example/e")));
    TestMode parameter = new TestMode.Parameter("test");
    assertTrue(parameter.isIn(RequestTemplate.get("https://p.example/e?test=true")));
    assertFalse(parameter.isIn(RequestTemplate.get("https://p.example/e?test=false")));
  }
}

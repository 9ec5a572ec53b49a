package com.natifico.postback.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {
  private static Map<String, String> parsed(String raw) {
    Map<String, String> texts = new LinkedHashMap<>();
    QueryString.parse(raw)
        .members()
        .forEach((name, value) -> texts.put(name, ((Input.Text) value).value()));
    return texts;
  }

  @Test
  void readsParametersInTheirOrder() {
    assertEquals("{b=1, a=, c=x=y}", parsed("b=1&a&c=x=y&").toString());
  }

  @Test
  void decodesPercentAndPlus() {
    assertEquals(Map.of("a b", "\u00e4 +,&"), parsed("a+b=%C3%A4%20%2B%2c%26"));
  }

  @Test
  void acceptsUnencodedCharacters() {
    assertEquals(Map.of("a", "\u00e4\uD83D\uDE00 "), parsed("a=\u00e4\uD83D\uDE00%20"));
  }

  @Test
  void keepsACommaInAValue() {
    assertEquals(Map.of("a", "1,2"), parsed("a=1,2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%ff", "a=%ED%A0%80", "%=1"})
  void rejectsInvalidEncodings(String raw) {
    assertEquals(400, assertThrows(ProblemException.class, () -> parsed(raw)).problem().status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1&a=1", "a=1&%61=2", "a&a"})
  void rejectsRepeatedParameters(String raw) {
    ProblemException e = assertThrows(ProblemException.class, () -> parsed(raw));
    assertEquals("repeated", e.problem().errors().getFirst().code());
    assertEquals("a", e.problem().errors().getFirst().field());
  }
}

package com.natifico.postback.local.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventPatternTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":[\"x\"]}               | {\"a\":\"x\",\"b\":1}     | true",
        "{\"a\":[\"x\",\"y\"]}         | {\"a\":\"y\"}             | true",
        "{\"a\":[\"x\"]}               | {\"a\":\"X\"}             | false",
        "{\"a\":[\"x\"]}               | {}                        | false",
        "{\"a\":[1]}                   | {\"a\":\"1\"}             | false",
        "{\"a\":[null]}                | {\"a\":null}              | true",
        "{\"a\":[\"x\"]}               | {\"a\":[\"w\",\"x\"]}     | true",
        "{\"a\":[\"x\"],\"b\":[\"y\"]} | {\"a\":\"x\",\"b\":\"z\"} | false",
        "{\"a\":{\"S\":[\"x\"]}}       | {\"a\":{\"S\":\"x\"}}     | true",
        "{\"a\":[{\"prefix\":\"p#\"}]} | {\"a\":\"p#1\"}           | true",
        "{\"a\":[{\"prefix\":\"p#\"}]} | {\"a\":\"n#p#\"}          | false",
        "{\"a\":[{\"exists\":true}]}   | {\"a\":\"\"}              | true",
        "{\"a\":[{\"exists\":true}]}   | {\"b\":1}                 | false",
        "{\"a\":[{\"exists\":false}]}  | {\"b\":1}                 | true",
        "{\"a\":{\"S\":[{\"exists\":false}]}} | {\"b\":1}          | true",
        "{\"a\":{\"S\":[{\"exists\":false}]}} | {\"a\":{\"S\":\"x\"}} | false",
      })
  void matchesAsEventBridgeDoes(String pattern, String event, boolean matches) throws Exception {
    assertEquals(matches, EventPattern.of(JSON.readTree(pattern)).matches(JSON.readTree(event)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"x\"}",
        "{\"a\":[]}",
        "{}",
        "[]",
        "{\"a\":[{\"suffix\":\"x\"}]}",
        "{\"a\":[{\"anything-but\":\"x\"}]}",
        "{\"a\":[{\"prefix\":{\"equals-ignore-case\":\"x\"}}]}",
        "{\"$or\":[{\"a\":[\"x\"]}]}"
      })
  void refusesWhatItDoesNotKnow(String pattern) throws Exception {
    var json = JSON.readTree(pattern);
    assertThrows(IllegalArgumentException.class, () -> EventPattern.of(json));
  }

  @Test
  void namesAnUnsupportedOperator() throws Exception {
    var json = JSON.readTree("{\"a\":[{\"cidr\":\"10.0.0.0/8\"}]}");
    assertEquals(
        "the local stack does not support the operator {\"cidr\":\"10.0.0.0/8\"}",
        assertThrows(IllegalArgumentException.class, () -> EventPattern.of(json)).getMessage());
  }
}

package com.natifico.postback.local.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InputTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT =
      """
      {"a": {"S": "say \\"hi\\""}, "n": 7, "list": [1, 2], "nothing": null}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"k\": \"v\"}             | {\"k\":\"v\"}",
        "{\"k\": null}              | {\"k\":null}",
        "{\"k\": \"<$.a.S>\"}       | {\"k\":\"say \\\"hi\\\"\"}",
        "{\"k\": <$.a.S>}           | {\"k\":\"say \\\"hi\\\"\"}",
        "{\"k\": \"<$.n> of <$.n>\"} | {\"k\":\"7 of 7\"}",
        "{\"k\": \"\\\"<$.n>\"}     | {\"k\":\"\\\"7\"}",
        "{\"k\": <$.n>}             | {\"k\":7}",
        "{\"k\": <$.list>}          | {\"k\":[1,2]}",
        "{\"k\": <$.a>}             | {\"k\":{\"S\":\"say \\\"hi\\\"\"}}",
      })
  void fillsInTheEventsValues(String template, String message) throws Exception {
    assertEquals(message, new InputTemplate(template, JSON).render(JSON.readTree(EVENT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"k\": <aws.pipes.pipe-name>}",
        "{\"k\": <$.list[0]>}",
        "{\"k\": <$>}",
        "{\"k\": \"<$.a>}",
        "{k}"
      })
  void refusesWhatItDoesNotKnow(String template) {
    assertThrows(IllegalArgumentException.class, () -> new InputTemplate(template, JSON));
  }

  @Test
  void failsIfAValueIsMissing() throws Exception {
    InputTemplate template = new InputTemplate("{\"k\": \"<$.b.S>\"}", JSON);
    var event = JSON.readTree(EVENT);

    assertEquals(
        "the event has no $.b.S",
        assertThrows(IllegalArgumentException.class, () -> template.render(event)).getMessage());
  }
}

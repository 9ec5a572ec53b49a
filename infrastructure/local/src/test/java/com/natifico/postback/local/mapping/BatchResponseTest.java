package com.natifico.postback.local.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchResponseTest {
  private static final Set<String> BATCH = Set.of("a", "b");

  private static Set<String> failed(String answer) {
    return BatchResponse.failed(answer.getBytes(StandardCharsets.UTF_8), BATCH, new ObjectMapper());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"batchItemFailures\":null}",
        "{\"batchItemFailures\":[]}",
        "\"done\""
      })
  void isSuccessWhenNothingIsNamed(String answer) {
    assertEquals(Set.of(), failed(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"batchItemFailures\":\"a\"}",
        "{\"batchItemFailures\":[{}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":1}]}",
        "{\"batchItemFailures\":[{\"id\":\"a\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"},{\"itemIdentifier\":\"c\"}]}"
      })
  void failsTheWholeBatchWhenItCannotBeUnderstood(String answer) {
    assertEquals(BATCH, failed(answer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"}]}"})
  void failsTheNamedMessages(String answer) {
    assertEquals(Set.of("b"), failed(answer));
  }
}

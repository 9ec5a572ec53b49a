package com.natifico.postback.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyResponsesTest {
  private static Outgoing of(String answer) {
    return new ProxyResponses(new ObjectMapper()).of(answer.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"statusCode\":204} | 204 | ''",
        "{\"statusCode\":200,\"body\":null} | 200 | ''",
        "{\"statusCode\":200,\"body\":\"ü\"} | 200 | ü",
        "{\"statusCode\":200,\"body\":\"w7w=\",\"isBase64Encoded\":true} | 200 | ü",
        "\"plain\" | 200 | plain",
        "{\"a\":[1]} | 200 | {\"a\":[1]}",
        "{\"statusCode\":\"x\"} | 500 | {\"message\":\"Internal Server Error\"}",
        "{\"statusCode\":200,\"body\":\"?\",\"isBase64Encoded\":true} | 500"
            + " | {\"message\":\"Internal Server Error\"}",
        "{broken | 500 | {\"message\":\"Internal Server Error\"}",
      })
  void makesAResponseOfAnAnswer(String answer, int status, String body) {
    Outgoing response = of(answer);
    assertEquals(status, response.status());
    assertEquals(body, StandardCharsets.UTF_8.decode(response.body()).toString());
  }

  @Test
  void ignoresConnectionHeadersOfTheFunction() {
    Outgoing response =
        of("{\"statusCode\":200,\"headers\":{\"Content-Length\":\"9\",\"X-A\":1,\"X-B\":null}}");
    assertEquals(
        Map.of("x-a", "1", "content-type", "text/plain;charset=UTF-8"), response.headers());
  }
}

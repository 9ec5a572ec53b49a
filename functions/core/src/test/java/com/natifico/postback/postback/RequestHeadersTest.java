package com.natifico.postback.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.macro.Template.Finding;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {
  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "X-Api-Key", "x", "!#$%&'*+-.^_`|~9", "WebhookX"})
  void acceptsTheTokensOfRfc9110AsNames(String name) {
    assertNull(RequestHeaders.refusalOfName(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X Y", "X:Y", "X\r\nY", "Ü", "(x)", "x,y", "a/b"})
  void rejectsOtherNames(String name) {
    assertEquals("invalid_header_name", code(RequestHeaders.refusalOfName(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "CONTENT-LENGTH",
        "content-type",
        "Transfer-Encoding",
        "Connection",
        "User-Agent",
        "Cookie",
        "Upgrade",
        "webhook-id",
        "Webhook-Anything"
      })
  void rejectsTheHeadersOfTheSender(String name) {
    assertEquals("forbidden_header", code(RequestHeaders.refusalOfName(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "Bearer abc", "a  b", "{\"a\": 1}", "~!", "{", "{}", "a}b{"})
  void acceptsVisibleAsciiWithBlanksInBetween(String value) {
    assertNull(RequestHeaders.refusalOfValue(value));
  }

  static List<String> invalidValues() {
    return List.of("", " x", "x ", "\t", "a\tb", "a\r\nX: y", "ü", "\u007f", "a".repeat(1025));
  }

  @ParameterizedTest
  @MethodSource("invalidValues")
  void rejectsOtherValues(String value) {
    assertEquals("invalid_header_value", code(RequestHeaders.refusalOfValue(value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{ref_id}", "id-{Sum|default:0}", "{x-y.z}"})
  void rejectsMacros(String value) {
    assertEquals("macro_in_header", code(RequestHeaders.refusalOfValue(value)));
  }

  @Test
  void acceptsTheLongestValue() {
    assertNull(RequestHeaders.refusalOfValue("a".repeat(1024)));
  }

  @Test
  void distinguishesRequestsByTheirHeaders() {
    assertFalse(Matching.isSame(request(Map.of("X-Id", "1")), request(Map.of("X-Id", "2"))));
    assertFalse(Matching.isSame(request(Map.of("X-Id", "1")), request(Map.of())));
  }

  private static CallbackRequest request(Map<String, String> headers) {
    return new CallbackRequest(
        HttpMethod.GET, "https://t.example.com/", null, null, new RequestHeaders(headers));
  }

  private static String code(@Nullable Finding refusal) {
    return Objects.requireNonNull(refusal).code();
  }
}

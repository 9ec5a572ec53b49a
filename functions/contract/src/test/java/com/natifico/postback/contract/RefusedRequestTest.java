package com.natifico.postback.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.natifico.postback.contract.answer.ProblemJson;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.input.JsonInput;
import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.contract.problem.ProblemType;
import com.natifico.postback.push.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedRequestTest {
  private static final String KEY = "local-network";
  private static final Problem PROBLEM =
      Problem.invalid("sum", "invalid_number", "The sum is not a number.").problem();

  private static APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder post() {
    return APIGatewayV2HTTPEvent.builder()
        .withRouteKey("POST /v1/conversions")
        .withRawQueryString("")
        .withHeaders(Map.of("authorization", "Bearer " + KEY));
  }

  private static Refusal refusal(APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder event) {
    return refusal(event, PROBLEM);
  }

  private static Refusal refusal(
      APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder event, Problem problem) {
    return new RefusedRequest(new Request(event.build())).refusal(problem);
  }

  @Test
  void keepsTheBodyAsItWasSent() {
    String body = "{ \"conversion_id\": \"c-1\",\n \"sum\": \"12,50\" }";
    assertEquals(
        new Refusal("POST /v1/conversions", 422, ProblemJson.write(PROBLEM), body, false),
        refusal(post().withBody(body)));
  }

  @Test
  void keepsTheQueryWithoutTheKey() {
    Refusal refusal =
        refusal(
            APIGatewayV2HTTPEvent.builder()
                .withRouteKey("GET /v1/conversions/postback")
                .withRawQueryString("sum=12%2C50&secure=" + KEY + "&sub1=" + KEY)
                .withQueryStringParameters(Map.of("secure", KEY)));
    assertEquals("sum=12%2C50&secure=[key]&sub1=[key]", refusal.content());
    assertEquals("GET /v1/conversions/postback", refusal.route());
  }

  @Test
  void keepsNothingOfAnEmptyRequest() {
    assertEquals("", refusal(post()).content());
    assertEquals("", refusal(APIGatewayV2HTTPEvent.builder()).content());
  }

  @Test
  void keepsAnItemOfABatchAsJson() {
    Input item =
        JsonInput.object(
            """
            {"sum": 12.50, "sub1": "\\ud800 ü %s", "x": [true, null, {"\\"": 1e3}]}
            """
                .formatted(KEY));
    assertEquals(
        "{\"sum\":12.50,\"sub1\":\"? ü [key]\",\"x\":[true,null,{\"\\\"\":1e3}]}",
        new RefusedRequest(new Request(post().build())).refusal(PROBLEM, item).content());
  }

  @Test
  void keepsBytesThatAreNotText() {
    byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 'a', (byte) 0xff};
    Refusal refusal =
        refusal(
            post().withBody(Base64.getEncoder().encodeToString(gzip)).withIsBase64Encoded(true));
    assertEquals("\u001f\uFFFD\b\u0000a\uFFFD", refusal.content());
    assertEquals("!?", refusal(post().withBody("!?").withIsBase64Encoded(true)).content());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", "€", "\uD83D\uDE00", "\uD800", "\u0000", "\""})
  void cutsTheContentBetweenTwoCharacters(String character) {
    for (int offset = 0; offset < 5; offset++) {
      String body = "a".repeat(offset) + character.repeat(100_000);
      Refusal refusal = refusal(post().withBody(body));
      String whole = character.equals("\uD800") ? body.replace('\uD800', '?') : body;
      assertTrue(whole.startsWith(refusal.content()));
      int bytes = refusal.content().getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= 2_048 && bytes > 2_044, () -> "" + bytes);
      assertFalse(refusal.content().contains("\uFFFD"));
      assertTrue(refusal.truncated());
    }
    assertFalse(refusal(post().withBody("x".repeat(2_048))).truncated());
    assertTrue(refusal(post().withBody("x".repeat(2_049))).truncated());
  }

  @Test
  void keepsNoPartOfAKeyThatIsCut() {
    for (int i = 2_000; i < 2_050; i++) {
      String content = refusal(post().withBody("x".repeat(i) + KEY)).content();
      assertFalse(content.contains("l"), content);
    }
  }

  @Test
  void boundsTheProblem() {
    List<FieldError> errors =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new FieldError("f" + i, "unknown_field", "\u0001".repeat(1_000), KEY))
            .toList();
    Problem problem = Problem.of(ProblemType.INVALID, KEY + "x".repeat(9_000), errors).problem();

    String json = refusal(post().withBody("{}"), problem).problem();

    assertTrue(json.length() <= 4_096, () -> "" + json.length());
    assertTrue(json.contains("\"f0\""), json);
    assertTrue(json.contains("\"suggestion\":\"[key]\""), json);
    assertFalse(json.contains(KEY), json);
    assertEquals(new Input.Number("422"), member(json, "status"));
  }

  private static Input member(String json, String name) {
    return JsonInput.object(json).members().getOrDefault(name, new Input.Null());
  }
}

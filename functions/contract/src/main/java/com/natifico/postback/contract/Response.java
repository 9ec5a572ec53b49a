package com.natifico.postback.contract;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.contract.answer.AnswerJson;
import com.natifico.postback.contract.answer.ProblemJson;
import com.natifico.postback.contract.problem.Problem;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response to API Gateway.
 *
 * @param base64 whether the body is base64-encoded binary data
 */
public record Response(int status, Map<String, String> headers, String body, boolean base64) {
  public Response {
    headers = Map.copyOf(headers);
  }

  /** A text response. */
  public Response(int status, Map<String, String> headers, String body) {
    this(status, headers, body, false);
  }

  /** A binary response. */
  public static Response bytes(int status, Map<String, String> headers, byte[] body) {
    return new Response(status, headers, Base64.getEncoder().encodeToString(body), true);
  }

  /** One of the answers of the contract. */
  public static Response json(int status, Record answer) {
    return json(status, AnswerJson.write(answer));
  }

  /** An answer that is written already. */
  public static Response json(int status, String json) {
    return text(status, "application/json", json);
  }

  /** A text response that must not be cached. */
  public static Response text(int status, String contentType, String body) {
    return new Response(
        status, Map.of("content-type", contentType, "cache-control", "no-store"), body);
  }

  /** A text response that does not change while this version runs, so clients may cache it. */
  public static Response constant(String contentType, String body) {
    return new Response(
        200, Map.of("content-type", contentType, "cache-control", "public, max-age=300"), body);
  }

  /** An empty response with status 204. */
  public static Response empty() {
    return new Response(204, Map.of(), "");
  }

  public static Response problem(Problem problem) {
    Response response =
        new Response(
            problem.status(),
            Map.of("content-type", "application/problem+json", "cache-control", "no-store"),
            ProblemJson.write(problem));
    return problem.retryAfterSeconds() == 0
        ? response
        : response.with("retry-after", Long.toString(problem.retryAfterSeconds()));
  }

  public Response with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Response(status, more, body, base64);
  }

  APIGatewayV2HTTPResponse toEvent() {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(headers)
        .withBody(body)
        .withIsBase64Encoded(base64)
        .build();
  }
}

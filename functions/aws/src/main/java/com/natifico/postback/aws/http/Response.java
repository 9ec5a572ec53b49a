package com.natifico.postback.aws.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.aws.json.JsonOutput;
import com.natifico.postback.problem.FieldError;
import com.natifico.postback.problem.Problem;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response to API Gateway.
 *
 * @param base64 whether the body is base64-encoded binary data
 */
public record Response(int status, Map<String, String> headers, String body, boolean base64) {
  /**
   * The prefix of every problem's {@code type}: a name, not an address (RFC 9457, section 3.1.1).
   */
  public static final String PROBLEM_TYPE = "urn:natifico:postback:problem:";

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

  public static Response json(int status, JsonOutput.Value members) {
    return new Response(
        status,
        Map.of("content-type", "application/json", "cache-control", "no-store"),
        JsonOutput.object(members));
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
    return new Response(
        problem.status(),
        Map.of("content-type", "application/problem+json", "cache-control", "no-store"),
        JsonOutput.object(out -> write(out, problem)));
  }

  /** Writes the members of a problem, also inside another response. */
  public static void write(JsonOutput out, Problem problem) throws java.io.IOException {
    out.field("type", PROBLEM_TYPE + problem.type())
        .field("title", problem.title())
        .field("status", problem.status())
        .field("detail", problem.detail());
    write(out, "errors", problem.errors());
  }

  /** Writes a list of errors or warnings about fields. */
  public static void write(JsonOutput out, String name, List<FieldError> errors)
      throws java.io.IOException {
    out.objects(
        name,
        errors,
        (each, error) -> {
          each.field("field", error.field())
              .field("code", error.code())
              .field("message", error.message());
          if (error.suggestion() != null) {
            each.field("suggestion", error.suggestion());
          }
        });
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

package com.natifico.postback.contract;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.contract.answer.AnswerJson;
import com.natifico.postback.contract.answer.ProblemJson;
import com.natifico.postback.contract.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

  /**
   * A text response that does not change while this version runs. Clients may cache it, and the
   * ETag lets them ask whether it has changed.
   */
  public static Response constant(String contentType, String body) {
    return new Response(
        200,
        Map.of(
            "content-type", contentType, "cache-control", "public, max-age=300", "etag", tag(body)),
        body);
  }

  /** One of the answers of the contract, which does not change while this version runs. */
  public static Response constant(Record answer) {
    return constant("application/json", AnswerJson.write(answer));
  }

  private static String tag(String body) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
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

  /**
   * The ETag of a response that clients may keep; null if they may not. The ETag of a postback is
   * only for If-Match: its state can change without it.
   */
  @Nullable String cacheTag() {
    return status == 200 && !"no-store".equals(headers.get("cache-control"))
        ? headers.get("etag")
        : null;
  }

  /** The answer to a client that has this response already. */
  Response notModified() {
    Map<String, String> kept = new TreeMap<>(headers);
    kept.keySet().removeIf(name -> name.startsWith("content-") && !name.endsWith("-policy"));
    return new Response(304, kept, "");
  }

  /**
   * The answer to a HEAD. The body is left out here, because API Gateway does not document that it
   * leaves it out.
   */
  Response withoutBody() {
    return new Response(status, headers, "");
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

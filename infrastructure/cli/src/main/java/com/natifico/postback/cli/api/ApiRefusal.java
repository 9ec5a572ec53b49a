package com.natifico.postback.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The API did not carry out a request. The message has the problem's detail, a line for each field
 * at fault, and the address of the problem's explanation.
 */
public final class ApiRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final boolean isProblem;

  private ApiRefusal(int status, boolean isProblem, String message) {
    super(message);
    this.status = status;
    this.isProblem = isProblem;
  }

  static ApiRefusal of(int status, JsonNode body) {
    boolean isProblem = body.has("type") && body.has("detail");
    return new ApiRefusal(status, isProblem, isProblem ? problem(body) : gateway(status, body));
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /**
   * Whether the API has answered with a problem. Otherwise the gateway refused the request, because
   * of the key or an unknown route.
   */
  public boolean isProblem() {
    return isProblem;
  }

  private static String problem(JsonNode body) {
    String errors =
        StreamSupport.stream(body.path("errors").spliterator(), false)
            .map(ApiRefusal::error)
            .collect(Collectors.joining());
    return "%s (%d): %s%s%n  explained by GET %s"
        .formatted(
            body.path("title").asText(),
            body.path("status").asInt(),
            body.path("detail").asText(),
            errors,
            body.path("help").asText());
  }

  private static String error(JsonNode error) {
    String field = error.path("field").asText();
    String suggestion =
        error.has("suggestion") ? " Suggestion: " + error.path("suggestion").asText() : "";
    return "%n  %s: %s%s"
        .formatted(
            field.isEmpty() ? "the body" : field, error.path("message").asText(), suggestion);
  }

  private static String gateway(int status, JsonNode body) {
    return switch (status) {
      case 401, 403 ->
          "The key is not accepted (%d). Check that it is complete, and neither revoked nor expired."
              .formatted(status);
      case 404 ->
          "The address is unknown (404). Check that the URL is the API's, without a path such as"
              + " /v1.";
      case 429 -> "Too many requests (429), also after waiting. Try again later.";
      default ->
          "The answer is not one of the API (%d%s). Check that the URL is the API's."
              .formatted(status, body.has("message") ? ": " + body.path("message").asText() : "");
    };
  }
}

package com.natifico.postback.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.natifico.postback.functions.api.OpenApiContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of the HTTP API that checks every response against the OpenAPI document that the API
 * serves.
 */
public final class Api {
  private static final String DOCUMENT = "/v1/openapi.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String root;
  private volatile @Nullable OpenApiContract contract;

  public Api(int port) {
    root = "http://localhost:" + port;
  }

  /** A response. */
  public record Answer(int status, JsonNode json, HttpResponse<String> response) {}

  public Answer get(String key, String path) {
    return send("GET", key, path, null);
  }

  public Answer post(String key, String path, String body) {
    return send("POST", key, path, body);
  }

  /** Posts JSON with an Idempotency-Key. */
  public Answer postNamed(String name, String key, String path, String body) {
    return send("POST", key, path, body, "application/json", Map.of("Idempotency-Key", name));
  }

  /** Posts a form. */
  public Answer postForm(String key, String path, String form) {
    return send("POST", key, path, form, "application/x-www-form-urlencoded");
  }

  /**
   * @param key empty to send no key
   */
  public Answer send(String method, String key, String path, @Nullable String body) {
    return send(method, key, path, body, "application/json");
  }

  private Answer send(
      String method, String key, String path, @Nullable String body, String contentType) {
    return send(method, key, path, body, contentType, Map.of());
  }

  private Answer send(
      String method,
      String key,
      String path,
      @Nullable String body,
      String contentType,
      Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    headers.forEach(request::header);
    if (body != null) {
      request.header("Content-Type", contentType);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      check(method, path, response);
      return new Answer(response.statusCode(), parsed(response.body()), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The gateway responds to unknown routes, which are in no document. HEAD is described by its GET.
   */
  private void check(String method, String path, HttpResponse<String> response) {
    boolean gatewaysOwn404 =
        response.statusCode() == 404 && response.body().startsWith("{\"message\"");
    if (path.equals(DOCUMENT) || method.equals("HEAD") || gatewaysOwn404) {
      return;
    }
    OpenApiContract document = contract;
    if (document == null) {
      document = OpenApiContract.parse(get("", DOCUMENT).response().body());
      contract = document;
    }
    assertEquals(
        List.of(),
        document.check(
            method,
            path.replaceFirst("\\?.*", ""),
            response.statusCode(),
            response.headers().firstValue("content-type").orElse(null),
            response.body()));
  }

  private static JsonNode parsed(String body) {
    try {
      return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}

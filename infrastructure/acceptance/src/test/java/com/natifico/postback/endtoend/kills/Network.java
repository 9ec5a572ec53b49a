package com.natifico.postback.endtoend.kills;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls the API from outside, and repeats each call until it gets a 2xx. */
final class Network {
  /** API Gateway gives up after 30 s. */
  private static final Duration TIMEOUT = Duration.ofSeconds(35);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final StackProcess stack;
  private final AtomicInteger repeats = new AtomicInteger();

  Network(StackProcess stack) {
    this.stack = stack;
  }

  /** A response. */
  record Answer(int status, JsonNode json) {}

  /** The number of repeated calls, because there was no response or not a 2xx. */
  int repeats() {
    return repeats.get();
  }

  Answer get(String path) {
    return until2xx("GET", "local-manager", path, "");
  }

  Answer post(String key, String path, String body) {
    return until2xx("POST", key, path, body);
  }

  Answer put(String key, String path, String body) {
    return until2xx("PUT", key, path, body);
  }

  /**
   * @throws IllegalStateException for a 4xx, which a repeat cannot change
   */
  private Answer until2xx(String method, String key, String path, String body) {
    while (true) {
      URI api = stack.api();
      try {
        Answer answer = once(method, key, api.resolve(path), body);
        if (answer.status() >= 200 && answer.status() < 300) {
          return answer;
        }
        if (answer.status() >= 400 && answer.status() < 500) {
          throw new IllegalStateException("refused: " + method + " " + path + ": " + answer);
        }
      } catch (IOException e) {
        // The stack was killed during the request; its outcome is unknown.
      }
      repeats.incrementAndGet();
    }
  }

  private Answer once(String method, String key, URI uri, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .timeout(TIMEOUT)
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), parsed(response.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}

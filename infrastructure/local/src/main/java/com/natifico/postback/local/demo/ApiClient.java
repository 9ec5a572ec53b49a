package com.natifico.postback.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A client of the public API with one key. */
final class ApiClient {
  private final HttpClient http;
  private final URI api;
  private final String key;
  private final ObjectMapper json = new ObjectMapper();

  ApiClient(HttpClient http, URI api, String key) {
    this.http = http;
    this.api = api;
    this.key = key;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET(), 200);
  }

  /**
   * @param status the expected HTTP status
   */
  JsonNode post(String path, Map<String, ?> body, int status)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
    return send(request, status);
  }

  void delete(String path) throws IOException, InterruptedException {
    send(request(path).DELETE(), 204);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + key);
  }

  private JsonNode send(HttpRequest.Builder builder, int status)
      throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    JsonNode body = json.readTree(response.body());
    if (response.statusCode() != status) {
      throw new IOException(
          "%s %s answered %s, not %s: %s"
              .formatted(
                  request.method(), request.uri().getPath(), response.statusCode(), status, body));
    }
    return body;
  }
}

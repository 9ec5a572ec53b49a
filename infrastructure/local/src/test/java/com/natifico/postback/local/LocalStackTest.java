package com.natifico.postback.local;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP API over the real server, with handlers from real packages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalStackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String journal = UUID.randomUUID().toString();
  private final HttpClient http = HttpClient.newHttpClient();
  private LocalStack stack;

  @BeforeAll
  void start(@TempDir Path root) {
    stack =
        LocalStack.start(
            TestProject.in(root),
            Map.of("PORT", "0", "DEMO", "false", "PARAMETER_OVERRIDES", "Journal=" + journal));
  }

  @AfterAll
  void stop() {
    stack.close();
    http.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), ofString());
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + stack.port() + pathAndQuery));
  }

  private HttpRequest.Builder post(String path, String body) {
    return request(path)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .header("Content-Type", "application/json");
  }

  @Test
  void passesARequestOfAnOpenRouteInPayloadFormat2() throws Exception {
    HttpResponse<String> response =
        send(
            request("/open/a%20b?x=1&y=c+d&x=2")
                .header("X-Two", "one")
                .header("X-Two", "two")
                .header("Cookie", "a=1; b=2"));
    JsonNode event = JSON.readTree(response.body());
    assertEquals(200, response.statusCode());
    assertEquals("2.0", event.path("version").asText());
    assertEquals("ANY /open/{name}", event.path("routeKey").asText());
    assertEquals("/open/a%20b", event.path("rawPath").asText());
    assertEquals("x=1&y=c+d&x=2", event.path("rawQueryString").asText());
    assertEquals("one,two", event.path("headers").path("x-two").asText());
    assertEquals("[\"a=1\",\"b=2\"]", event.path("cookies").toString());
    assertEquals("{\"x\":\"1,2\",\"y\":\"c d\"}", event.path("queryStringParameters").toString());
    assertEquals("{\"name\":\"a b\"}", event.path("pathParameters").toString());
    assertEquals("GET", event.path("requestContext").path("http").path("method").asText());
    assertTrue(event.path("body").isMissingNode());
  }

  @Test
  void refusesARequestWithoutIdentityAs401() throws Exception {
    HttpResponse<String> response = send(post("/closed", "{}"));
    assertEquals(401, response.statusCode());
    assertEquals("{\"message\":\"Unauthorized\"}", response.body());
  }

  @Test
  void refusesADeniedIdentityAs403() throws Exception {
    HttpResponse<String> response = send(post("/closed", "{}").header("Authorization", "bad"));
    assertEquals(403, response.statusCode());
    assertEquals("{\"message\":\"Forbidden\"}", response.body());
  }

  @Test
  void passesTheAuthorizersContextToTheFunction() throws Exception {
    HttpResponse<String> response =
        send(post("/closed", "{\"a\":\"ü\"}").header("Authorization", "good-key"));
    JsonNode event = JSON.readTree(response.body());
    assertEquals(200, response.statusCode());
    assertEquals("POST /closed", event.path("routeKey").asText());
    assertEquals("{\"a\":\"ü\"}", event.path("body").asText());
    assertEquals(
        "{\"role\":\"tester\"}",
        event.path("requestContext").path("authorizer").path("lambda").toString());
  }

  @Test
  void asksTheAuthorizerOncePerIdentity() throws Exception {
    String key = "good-key-" + UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      assertEquals(200, send(post("/closed", "{}").header("Authorization", key)).statusCode());
    }
    long asked = LocalJournal.of(journal).stream().filter(event -> event.contains(key)).count();
    assertEquals(1, asked);
  }

  @Test
  void readsTheIdentityFromTheQueryIfTheRouteRequiresIt() throws Exception {
    assertEquals(401, send(request("/url?a=1").header("Authorization", "good-key")).statusCode());
    assertEquals(403, send(request("/url?secure=bad")).statusCode());
    assertEquals(200, send(request("/url?secure=good-key")).statusCode());
  }

  @Test
  void answers500WhenTheAuthorizerFails() throws Exception {
    HttpResponse<String> response =
        send(post("/closed", "{}").header("Authorization", "broken-key"));
    assertEquals(500, response.statusCode());
  }

  @Test
  void answers404ForAnUnknownRoute() throws Exception {
    HttpResponse<String> response = send(request("/closed"));
    assertEquals(404, response.statusCode());
    assertEquals("{\"message\":\"Not Found\"}", response.body());
  }

  private static Map<String, String> crossOrigin(HttpResponse<String> response) {
    Map<String, String> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (name.startsWith("access-control-")) {
                headers.put(name.substring("access-control-".length()), String.join("; ", values));
              }
            });
    return headers;
  }

  private HttpResponse<String> preflight(String path, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request = request(path).method("OPTIONS", BodyPublishers.noBody());
    headers.forEach(request::header);
    HttpResponse<String> response = send(request);
    assertEquals(204, response.statusCode());
    assertEquals("", response.body());
    return response;
  }

  @Test
  void answersAPreflightOfAnAllowedOrigin() throws Exception {
    assertEquals(
        Map.of(
            "allow-origin", "https://panel.example",
            "allow-methods", "GET,PUT",
            "allow-headers", "authorization,if-match",
            "max-age", "600"),
        crossOrigin(
            preflight(
                "/closed",
                Map.of(
                    "Origin", "https://panel.example", "Access-Control-Request-Method", "PUT"))));
  }

  @Test
  void answersOtherOptionsWithoutCorsHeaders() throws Exception {
    for (Map<String, String> headers :
        List.of(
            Map.of("Origin", "https://other.example", "Access-Control-Request-Method", "PUT"),
            Map.of("Origin", "https://panel.example"),
            Map.<String, String>of())) {
      assertEquals(Map.of(), crossOrigin(preflight("/closed", headers)), headers::toString);
    }
  }

  @Test
  void replacesTheCorsHeadersOfTheFunction() throws Exception {
    assertEquals(
        Map.of("allow-origin", "https://panel.example", "expose-headers", "etag"),
        crossOrigin(send(request("/open/a").header("Origin", "https://panel.example"))));
    assertEquals(
        Map.of(), crossOrigin(send(request("/open/a").header("Origin", "https://other.example"))));
    assertEquals(Map.of(), crossOrigin(send(request("/open/a"))));
  }

  @Test
  void answers500WhenTheFunctionThrows() throws Exception {
    HttpResponse<String> response = send(request("/open/please-throw"));
    assertEquals(500, response.statusCode());
    assertEquals("{\"message\":\"Internal Server Error\"}", response.body());
  }

  @Test
  void sendsHeadersAndCookiesOfTheFunction() throws Exception {
    HttpResponse<String> response = send(request("/open/please-create"));
    assertEquals(201, response.statusCode());
    assertEquals("/here", response.headers().firstValue("location").orElse(""));
    assertEquals("[a=1, b=2]", response.headers().allValues("set-cookie").toString());
    assertEquals("{}", response.body());
  }

  @Test
  void usesAResponseWithoutStatusAsTheBody() throws Exception {
    HttpResponse<String> response = send(request("/open/please-infer"));
    assertEquals(200, response.statusCode());
    assertEquals("{\"plain\":true}", response.body());
  }

  @Test
  void passesABodyNotDeclaredAsTextInBase64() throws Exception {
    HttpResponse<String> response =
        send(
            request("/open/form")
                .POST(HttpRequest.BodyPublishers.ofString("a=1"))
                .header("Content-Type", "application/x-www-form-urlencoded"));
    JsonNode event = JSON.readTree(response.body());
    assertTrue(event.path("isBase64Encoded").asBoolean());
    assertEquals("YT0x", event.path("body").asText());
  }

  @Test
  void refusesABodyOverTheLimits() throws Exception {
    assertEquals(413, send(post("/open/long", "x".repeat(7_000_000))).statusCode());
    assertEquals(413, send(post("/open/longer", "x".repeat(10 * 1024 * 1024 + 1))).statusCode());
  }

  @Test
  void answers400ForABrokenEncoding() throws Exception {
    assertEquals(400, RawHttp.status(stack.port(), "GET /open/%zz HTTP/1.1"));
  }
}

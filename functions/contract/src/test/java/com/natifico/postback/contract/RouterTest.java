package com.natifico.postback.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.natifico.postback.Unavailable;
import com.natifico.postback.access.Role;
import com.natifico.postback.contract.input.Input;
import com.natifico.postback.contract.problem.Problem;
import com.natifico.postback.limit.Allowance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  private static final Route OPEN = Route.open(_ -> Response.empty());

  private final List<String> logged = new ArrayList<>();

  private APIGatewayV2HTTPResponse answer(
      Route route, APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder event) {
    return new Router(Map.of("GET /x", route), (message, cause) -> logged.add(message + cause))
        .handle(event.withRouteKey("GET /x").build());
  }

  private static APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder event() {
    return APIGatewayV2HTTPEvent.builder();
  }

  private static APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder as(String role) {
    return event()
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withAuthorizer(
                    APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                        .withLambda(Map.of("role", role, "key_id", "k1"))
                        .build())
                .build());
  }

  @Test
  void returnsTheResponseOfTheRoute() {
    Route route = Route.open(_ -> Response.json(200, "{\"a\":\"b\"}"));
    assertEquals("{\"a\":\"b\"}", answer(route, event()).getBody());
  }

  @Test
  void checksTheRole() {
    Route route = Route.of(_ -> Response.empty(), Role.ADMIN);
    assertEquals(204, answer(route, as("admin")).getStatusCode());
    assertEquals(403, answer(route, as("manager")).getStatusCode());
    assertEquals(403, answer(route, event()).getStatusCode());
  }

  @Test
  void returns404ForUnknownRoutes() {
    assertEquals(
        404,
        new Router(Map.of(), (_, _) -> {})
            .handle(event().withRouteKey("GET /y").build())
            .getStatusCode());
    assertEquals(404, new Router(Map.of(), (_, _) -> {}).handle(event().build()).getStatusCode());
  }

  @Test
  void returnsProblemsAsProblemJson() {
    APIGatewayV2HTTPResponse response =
        answer(
            Route.open(
                _ -> {
                  throw Problem.invalid("sum", "invalid_decimal", "No decimal.");
                }),
            event());
    assertEquals(422, response.getStatusCode());
    assertEquals("application/problem+json", response.getHeaders().get("content-type"));
    assertTrue(response.getBody().contains("\"field\":\"sum\""));
    assertEquals(List.of(), logged);
  }

  @Test
  void unavailableServicesGive503() {
    APIGatewayV2HTTPResponse response =
        answer(
            Route.open(
                _ -> {
                  throw new Unavailable("timeout", null);
                }),
            event());
    assertEquals(503, response.getStatusCode());
    assertEquals("1", response.getHeaders().get("retry-after"));
    assertEquals(1, logged.size());
  }

  @Test
  void aCallerBeyondItsLimitGets429() {
    Router router =
        new Router(
            Map.of("GET /x", Route.of(_ -> Response.empty(), Role.ADMIN), "GET /y", OPEN),
            keyId ->
                keyId.equals("k1")
                    ? new Allowance.Refused(Duration.ofMillis(2_001))
                    : new Allowance.Granted(),
            (_, _) -> {});

    APIGatewayV2HTTPResponse response = router.handle(as("admin").withRouteKey("GET /x").build());

    assertEquals(429, response.getStatusCode());
    assertEquals("3", response.getHeaders().get("retry-after"));
    assertTrue(response.getBody().contains(":problem:rate_limited"));
    assertEquals(204, router.handle(event().withRouteKey("GET /y").build()).getStatusCode());
    assertEquals(403, router.handle(as("manager").withRouteKey("GET /x").build()).getStatusCode());
  }

  @Test
  void aBugIsLoggedAndDisclosesNothing() {
    APIGatewayV2HTTPResponse response =
        answer(
            Route.open(
                _ -> {
                  throw new IllegalStateException("secret detail");
                }),
            event());
    assertEquals(500, response.getStatusCode());
    assertFalse(response.getBody().contains("secret detail"));
    assertTrue(logged.getFirst().startsWith("GET /x: unexpected"));
  }

  private record Echo(String a) {}

  private String read(APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder event) {
    Route route =
        Route.open(
            request ->
                Response.json(
                    200,
                    new Echo(
                        request.json().members().get("a") instanceof Input.Text text
                            ? text.value()
                            : "")));
    return answer(route, event).getBody();
  }

  @Test
  void readsABase64Body() {
    String body =
        Base64.getEncoder().encodeToString("{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.UTF_8));
    assertEquals("{\"a\":\"\u00e4\"}", read(event().withBody(body).withIsBase64Encoded(true)));
  }

  @Test
  void rejectsABodyThatIsNotUtf8() {
    String latin1 =
        Base64.getEncoder()
            .encodeToString("{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(
        read(event().withBody(latin1).withIsBase64Encoded(true)).contains(":problem:malformed"));
    assertTrue(
        read(event().withBody("%%%").withIsBase64Encoded(true)).contains(":problem:malformed"));
  }

  @Test
  void rejectsABodyWithTooManyBytes() {
    String body = "{\"a\":\"" + "\u00e4".repeat(130 * 1024) + "\"}";
    assertTrue(read(event().withBody(body)).contains(":problem:too_large"));
    String base64 = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
    assertTrue(
        read(event().withBody(base64).withIsBase64Encoded(true)).contains(":problem:too_large"));
  }

  @ParameterizedTest
  @CsvSource({"gzip, true", "br, true", "' GZIP ', true", "identity, false", ", false"})
  void refusesACompressedBody(@Nullable String encoding, boolean isRefused) {
    var event = event().withBody("{\"a\":\"b\"}");
    String body =
        read(encoding == null ? event : event.withHeaders(Map.of("content-encoding", encoding)));
    assertEquals(isRefused, body.contains(":problem:unsupported_encoding"), body);
  }

  private APIGatewayV2HTTPResponse get(String routeKey, Response response, String ifNoneMatch) {
    return new Router(Map.of("GET /x", Route.open(_ -> response)), (_, _) -> {})
        .handle(
            event()
                .withRouteKey(routeKey)
                .withHeaders(Map.of("if-none-match", ifNoneMatch))
                .build());
  }

  @Test
  void answersHeadAsGetWithoutTheBody() {
    Response response = Response.constant("text/plain", "Hello");
    APIGatewayV2HTTPResponse head = get("HEAD /x", response, "");
    assertEquals(200, head.getStatusCode());
    assertEquals(get("GET /x", response, "").getHeaders(), head.getHeaders());
    assertEquals("", head.getBody());
    assertEquals(404, get("HEAD /y", response, "").getStatusCode());
    assertEquals("", get("HEAD /y", response, "").getBody());
  }

  @Test
  void answers304ToAClientThatHasTheDocument() {
    Response response = Response.constant("text/plain", "Hello");
    String tag = String.valueOf(response.headers().get("etag"));
    assertTrue(tag.matches("\"[0-9a-f]{32}\""), tag);

    for (String header : List.of(tag, "\"other\", W/" + tag, "*")) {
      APIGatewayV2HTTPResponse unchanged = get("GET /x", response, header);
      assertEquals(304, unchanged.getStatusCode(), header);
      assertEquals("", unchanged.getBody());
      assertEquals(
          Map.of("etag", tag, "cache-control", "public, max-age=300"), unchanged.getHeaders());
    }
    for (String header : List.of("", "\"other\"", tag.substring(1), "x" + tag)) {
      assertEquals(200, get("GET /x", response, header).getStatusCode(), header);
    }
  }

  @Test
  void sendsWhatMustNotBeKeptAlsoToAClientThatHasIt() {
    Response response = Response.json(200, "{}").with("etag", "\"1\"");
    assertEquals(200, get("GET /x", response, "\"1\"").getStatusCode());
  }
}

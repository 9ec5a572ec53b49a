package com.natifico.postback.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
  private static final RouteTable ROUTES =
      new RouteTable(
          List.of(
              route("GET", "/"),
              route("GET", "/a/{id}"),
              route("ANY", "/a/{id}"),
              route("GET", "/a/{id}/b"),
              route("GET", "/a/fixed"),
              route("GET", "/{x}/fixed"),
              route("POST", "/a/{id}/c/{other}")));

  private static GatewayRoute route(String method, String path) {
    return new GatewayRoute(method, path, "F", null);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, GET /",
    "GET, /a/1, GET /a/{id}",
    "PUT, /a/1, ANY /a/{id}",
    "GET, /a/fixed, GET /a/fixed",
    "GET, /b/fixed, GET /{x}/fixed",
    "GET, /a/1/b, GET /a/{id}/b",
    "GET, /a/1/c, none",
    "POST, /a/1/c/d, POST /a/{id}/c/{other}",
    "GET, /a/1/, none",
    "GET, /b, none",
  })
  void takesTheMostSpecificRoute(String method, String path, String key) {
    RouteTable.Match match = ROUTES.find(method, path);
    assertEquals(key, match == null ? "none" : match.route().key());
  }

  @Test
  void decodesPathParameters() {
    RouteTable.Match match = ROUTES.find("POST", "/a/x%20y+z/c/d%2Fe");
    assertEquals(
        Map.of("id", "x y+z", "other", "d/e"), match == null ? Map.of() : match.pathParameters());
  }

  @Test
  void findsNothingForAnEmptyParameter() {
    RouteTable routes = new RouteTable(List.of(route("GET", "/a/{id}/b")));
    assertNull(routes.find("GET", "/a//b"));
    assertNull(routes.find("POST", "/a/1/b"));
  }
}

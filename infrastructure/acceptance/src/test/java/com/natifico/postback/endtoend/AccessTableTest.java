package com.natifico.postback.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.natifico.postback.endtoend.Api.Answer;
import com.natifico.postback.functions.api.AccessRow;
import com.natifico.postback.functions.api.TemplateRoute;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests every route of template.yaml with every role, no key, an unknown key, a revoked key, a key
 * in the wrong place, and another affiliate's ids. Every response is checked against the OpenAPI
 * document.
 */
@OnEveryEngine
final class AccessTableTest {
  private static final String S2S = "GET /v1/conversions/postback";

  private static final Map<String, String> KEYS =
      Map.of(
          "admin", "local-admin",
          "manager", "local-manager",
          "network", "local-network",
          "affiliate", "local-affiliate-77");

  private final Api api;

  AccessTableTest(Running running) {
    api = running.api();
  }

  private String revoked() {
    Answer made = api.post("local-admin", "/v1/keys", "{\"role\": \"manager\"}");
    api.send("DELETE", "local-admin", "/v1/keys/" + made.json().get("key_id").asText(), null);
    return made.json().get("key").asText();
  }

  static Stream<AccessRow> rows() {
    return AccessRow.all();
  }

  /** The status of a call with the key in the place that this route requires. */
  private int call(AccessRow row, String key, String affiliateId) {
    return row.routeKey().equals(S2S)
        ? send(row, "", key.isEmpty() ? "" : "?secure=" + key, affiliateId)
        : send(row, key, "", affiliateId);
  }

  private int send(AccessRow row, String key, String query, String affiliateId) {
    boolean hasBody = Set.of("POST", "PUT").contains(row.method());
    String path = row.path(affiliateId);
    return api.send(row.method(), key, path + query, hasBody ? "{}" : null).status();
  }

  @Test
  void everyRouteHasItsRow() throws Exception {
    assertEquals(
        TemplateRoute.all().stream().map(TemplateRoute::key).collect(Collectors.toSet()),
        rows().map(AccessRow::routeKey).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void allowsTheRolesInTheTable(AccessRow row) {
    KEYS.forEach(
        (role, key) -> {
          int status = call(row, key, "77");
          if (row.lets(role)) {
            assertNotEquals(401, status, role);
            assertNotEquals(403, status, role);
          } else {
            assertEquals(403, status, role);
          }
        });
  }

  /** HEAD of the URL-only route must not exist: its GET pushes a conversion. */
  @ParameterizedTest
  @MethodSource("rows")
  void answersHeadAsGet(AccessRow row) {
    if (!row.method().equals("GET")) {
      return;
    }
    KEYS.forEach(
        (role, key) -> {
          int expected = row.routeKey().equals(S2S) ? 404 : call(row, key, "77");
          assertEquals(expected, api.send("HEAD", key, row.path("77"), null).status(), role);
        });
  }

  @ParameterizedTest
  @MethodSource("rows")
  void refusesMissingUnknownAndRevokedKeys(AccessRow row) {
    assertEquals(row.isOpen() ? 200 : 401, call(row, "", "77"), "no key");
    assertEquals(row.isOpen() ? 200 : 403, call(row, "npb_manager_unknown", "77"), "unknown");
    assertEquals(row.isOpen() ? 200 : 403, call(row, revoked(), "77"), "revoked");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void refusesAKeyInTheWrongPlace(AccessRow row) {
    if (row.isOpen()) {
      return;
    }
    String role = row.roles().iterator().next();
    String key = KEYS.getOrDefault(role, "");
    int status =
        row.routeKey().equals(S2S)
            ? send(row, key, "", "77")
            : send(row, "", "?secure=" + key, "77");
    assertEquals(401, status);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hidesTheDataOfAnotherAffiliate(AccessRow row) {
    if (row.routeKey().contains("{affiliate_id}")) {
      assertEquals(404, call(row, "local-affiliate-88", "77"));
      assertEquals(404, call(row, "local-manager", "me"));
    }
  }
}

package com.natifico.postback.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.natifico.postback.access.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route of this function with every role, with another affiliate's ids, and without a key.
 * Missing, unknown and revoked keys are handled by the authorizer, and are tested there and end to
 * end.
 */
class AccessTest {
  static Stream<AccessRow> rows() throws Exception {
    Set<String> served = keys("ApiFunction");
    return AccessRow.all().filter(row -> served.contains(row.routeKey()));
  }

  private static Set<String> keys(String function) throws Exception {
    return TemplateRoute.all().stream()
        .filter(route -> route.function().equals(function))
        .map(TemplateRoute::key)
        .collect(Collectors.toSet());
  }

  private final ApiHarness api = new ApiHarness();

  private Map<String, ApiHarness.Caller> callers() {
    Map<String, ApiHarness.Caller> callers = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      String word = role.word();
      callers.put(word, role == Role.AFFILIATE ? api.affiliate("77") : api.as(word));
    }
    return callers;
  }

  private ApiHarness.Answer call(ApiHarness.Caller caller, AccessRow row, String affiliateId) {
    boolean hasBody = Set.of("POST", "PUT").contains(row.method());
    return caller.send(row.method(), row.path(affiliateId), hasBody ? "{}" : null, Map.of());
  }

  @Test
  void everyRouteOfTheTemplateHasARow() throws Exception {
    Set<String> served = keys("ApiFunction");
    served.addAll(keys("ConversionFunction"));
    assertEquals(served, AccessRow.all().map(AccessRow::routeKey).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void permitsTheRolesOfTheTable(AccessRow row) {
    callers()
        .forEach(
            (role, caller) -> {
              int status = call(caller, row, "77").status();
              if (row.lets(role)) {
                assertNotEquals(403, status, role);
              } else {
                assertEquals(403, status, role);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("rows")
  void requiresAKeyExceptOnPublicRoutes(AccessRow row) {
    assertEquals(row.isOpen() ? 200 : 403, call(api.anyone(), row, "77").status());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hidesWhatBelongsToAnotherAffiliate(AccessRow row) {
    if (!row.routeKey().contains("{affiliate_id}")) {
      return;
    }
    for (String other : List.of("88", "ME", "077", "no+id", "")) {
      ApiHarness.Answer answer = call(api.affiliate("77"), row, other);
      assertEquals(404, answer.status(), other);
      assertEquals("not_found", answer.problem());
    }
    assertEquals(404, call(api.as("manager"), row, "me").status());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rejectsACallerWithAnUnknownRole(AccessRow row) {
    ApiHarness.Caller strange = api.as("root");
    assertEquals(row.isOpen() ? 200 : 403, call(strange, row, "77").status());
  }
}

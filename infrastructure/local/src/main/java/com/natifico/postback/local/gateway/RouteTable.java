package com.natifico.postback.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the most specific route, as API Gateway does: in each segment, a fixed segment wins over a
 * parameter; then the method wins over ANY.
 */
final class RouteTable {
  record Match(GatewayRoute route, Map<String, String> pathParameters) {}

  private final List<GatewayRoute> mostSpecificFirst;

  RouteTable(List<GatewayRoute> routes) {
    this.mostSpecificFirst = routes.stream().sorted(RouteTable::compare).toList();
  }

  /**
   * @param path with its percent-encoding
   * @return null if no route matches
   * @throws IllegalArgumentException if the percent-encoding is broken
   */
  @Nullable Match find(String method, String path) {
    List<String> segments = GatewayRoute.segments(path).stream().map(RouteTable::decoded).toList();
    for (GatewayRoute route : mostSpecificFirst) {
      if (route.method().equals("ANY") || route.method().equalsIgnoreCase(method)) {
        Map<String, String> parameters = match(route.segments(), segments);
        if (parameters != null) {
          return new Match(route, parameters);
        }
      }
    }
    return null;
  }

  /** Decodes a path segment. A plus stays a plus, unlike in a form, which URLDecoder expects. */
  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static @Nullable Map<String, String> match(List<String> route, List<String> path) {
    if (route.size() != path.size()) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < route.size(); i++) {
      String segment = route.get(i);
      String found = path.get(i);
      if (GatewayRoute.isParameter(segment) && !found.isEmpty()) {
        parameters.put(segment.substring(1, segment.length() - 1), found);
      } else if (!segment.equals(found)) {
        return null;
      }
    }
    return parameters;
  }

  private static int compare(GatewayRoute one, GatewayRoute other) {
    List<String> left = one.segments();
    List<String> right = other.segments();
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int compared =
          Boolean.compare(
              GatewayRoute.isParameter(left.get(i)), GatewayRoute.isParameter(right.get(i)));
      if (compared != 0) {
        return compared;
      }
    }
    return Comparator.comparing((GatewayRoute route) -> route.method().equals("ANY"))
        .compare(one, other);
  }
}

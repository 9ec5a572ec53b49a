package com.natifico.postback.local.gateway;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the most specific route, as API Gateway does: segment by segment a fixed one before a
 * parameter before a greedy parameter, then the method itself before ANY, and {@code $default}
 * last.
 */
final class RouteTable {
  record Match(GatewayRoute route, Map<String, String> pathParameters) {}

  private final List<GatewayRoute> mostSpecificFirst;

  RouteTable(List<GatewayRoute> routes) {
    this.mostSpecificFirst = routes.stream().sorted(RouteTable::compare).toList();
  }

  /**
   * @param path with its percent-encoding
   * @return null if no route takes it
   * @throws IllegalArgumentException if the percent-encoding is broken
   */
  @Nullable Match find(String method, String path) {
    List<String> segments =
        GatewayRoute.segments(path).stream()
            .map(segment -> PercentEncoding.decode(segment))
            .toList();
    for (GatewayRoute route : mostSpecificFirst) {
      if (route.path().equals(GatewayRoute.DEFAULT)) {
        return new Match(route, Map.of());
      }
      if (route.method().equals("ANY") || route.method().equalsIgnoreCase(method)) {
        Map<String, String> parameters = match(route.segments(), segments);
        if (parameters != null) {
          return new Match(route, parameters);
        }
      }
    }
    return null;
  }

  private static @Nullable Map<String, String> match(List<String> route, List<String> path) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < route.size(); i++) {
      String segment = route.get(i);
      if (i >= path.size()) {
        return null;
      }
      if (GatewayRoute.isGreedy(segment)) {
        String rest = String.join("/", path.subList(i, path.size()));
        parameters.put(segment.substring(1, segment.length() - 2), rest);
        return parameters;
      }
      if (GatewayRoute.isParameter(segment)) {
        if (path.get(i).isEmpty()) {
          return null;
        }
        parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return null;
      }
    }
    return route.size() == path.size() ? parameters : null;
  }

  private static int compare(GatewayRoute one, GatewayRoute other) {
    boolean oneDefault = one.path().equals(GatewayRoute.DEFAULT);
    boolean otherDefault = other.path().equals(GatewayRoute.DEFAULT);
    if (oneDefault || otherDefault) {
      return Boolean.compare(oneDefault, otherDefault);
    }
    List<String> left = one.segments();
    List<String> right = other.segments();
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int compared = Integer.compare(vagueness(left.get(i)), vagueness(right.get(i)));
      if (compared != 0) {
        return compared;
      }
    }
    return Comparator.comparing((GatewayRoute route) -> route.method().equals("ANY"))
        .compare(one, other);
  }

  private static int vagueness(String segment) {
    if (GatewayRoute.isGreedy(segment)) {
      return 2;
    }
    return GatewayRoute.isParameter(segment) ? 1 : 0;
  }
}

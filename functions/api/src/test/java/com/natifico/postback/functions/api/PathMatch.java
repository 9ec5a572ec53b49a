package com.natifico.postback.functions.api;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Finds a path's route as API Gateway does: literal segments take precedence over parameters. */
record PathMatch(String routeKey, Map<String, String> parameters) {
  static PathMatch of(String method, String path, Collection<String> routeKeys) {
    PathMatch best = null;
    for (String routeKey : routeKeys) {
      String[] key = routeKey.split(" ", 2);
      Map<String, String> parameters = key[0].equals(method) ? match(key[1], path) : null;
      if (parameters != null && (best == null || parameters.size() < best.parameters.size())) {
        best = new PathMatch(routeKey, parameters);
      }
    }
    if (best == null) {
      throw new AssertionError("no route for " + method + " " + path);
    }
    return best;
  }

  private static @org.jspecify.annotations.Nullable Map<String, String> match(
      String pattern, String path) {
    String[] wanted = pattern.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        parameters.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return null;
      }
    }
    return parameters;
  }
}

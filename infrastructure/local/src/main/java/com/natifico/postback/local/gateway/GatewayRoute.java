package com.natifico.postback.local.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of the API.
 *
 * @param method a method, or ANY
 * @param path may contain {@code {parameters}}
 * @param functionId the function that handles the request
 * @param authorizer null for an open route
 */
public record GatewayRoute(
    String method, String path, String functionId, @Nullable String authorizer) {

  /** The route key, as in API Gateway. */
  public String key() {
    return method + " " + path;
  }

  List<String> segments() {
    return segments(path);
  }

  /** The segments of a path, without the leading slash. */
  static List<String> segments(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }
}

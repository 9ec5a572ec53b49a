package com.natifico.postback.local.gateway;

import com.natifico.postback.local.template.Section;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The CORS configuration of an HTTP API. API Gateway answers OPTIONS by itself, adds the configured
 * headers to what a function answers, and ignores CORS headers of the function
 * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
 */
record Cors(
    List<String> origins,
    List<String> methods,
    List<String> requestHeaders,
    List<String> responseHeaders,
    int maxAgeSeconds) {
  private static final String PREFIX = "access-control-";

  /** The properties of an HTTP API; null if it has no CORS configuration. */
  static @Nullable Cors of(Section properties) {
    if (!properties.has("CorsConfiguration")) {
      return null;
    }
    Section cors = properties.section("CorsConfiguration");
    return new Cors(
        cors.texts("AllowOrigins"),
        cors.texts("AllowMethods"),
        cors.texts("AllowHeaders"),
        cors.texts("ExposeHeaders"),
        cors.integer("MaxAge", 0));
  }

  /** The answer to OPTIONS: without CORS headers unless it is a preflight of an allowed origin. */
  Outgoing preflight(Incoming request) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (request.headers().containsKey(PREFIX + "request-method")) {
      headers.putAll(forOrigin(request));
      if (!headers.isEmpty()) {
        headers.put(PREFIX + "allow-methods", String.join(",", methods));
        headers.put(PREFIX + "allow-headers", String.join(",", requestHeaders));
        headers.put(PREFIX + "max-age", Integer.toString(maxAgeSeconds));
      }
    }
    return new Outgoing(204, headers, List.of(), ByteBuffer.allocate(0));
  }

  /** The answer of a function with the headers of this configuration in place of its own. */
  Outgoing applied(Incoming request, Outgoing answer) {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.keySet().removeIf(name -> name.startsWith(PREFIX));
    Map<String, String> own = forOrigin(request);
    if (!own.isEmpty()) {
      headers.putAll(own);
      headers.put(PREFIX + "expose-headers", String.join(",", responseHeaders));
    }
    return new Outgoing(answer.status(), headers, answer.cookies(), answer.body());
  }

  private Map<String, String> forOrigin(Incoming request) {
    String origin = request.headers().get("origin");
    return origin != null && origins.contains(origin)
        ? Map.of(PREFIX + "allow-origin", origin)
        : Map.of();
  }
}

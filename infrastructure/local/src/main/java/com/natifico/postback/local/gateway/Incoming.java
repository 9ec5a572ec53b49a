package com.natifico.postback.local.gateway;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP request as received.
 *
 * @param path with its percent-encoding
 * @param query without the question mark, empty if there is none
 * @param fields the header fields in order
 */
record Incoming(
    String method,
    String path,
    String query,
    String protocol,
    String sourceIp,
    List<Map.Entry<String, String>> fields,
    ByteBuffer body) {

  Incoming {
    body = body.asReadOnlyBuffer();
  }

  /** A new view, positioned at its start. */
  @Override
  public ByteBuffer body() {
    return body.duplicate();
  }

  /**
   * The header by lower-case name, without cookies; several fields with the same name are joined by
   * commas.
   */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> field : fields) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      if (!name.equals("cookie")) {
        headers.merge(name, field.getValue(), (one, next) -> one + "," + next);
      }
    }
    return headers;
  }

  List<String> cookies() {
    List<String> cookies = new ArrayList<>();
    for (Map.Entry<String, String> field : fields) {
      if (field.getKey().equalsIgnoreCase("cookie")) {
        for (String cookie : field.getValue().split(";")) {
          cookies.add(cookie.strip());
        }
      }
    }
    return cookies;
  }

  /**
   * The decoded query parameters; several with the same name are joined by commas.
   *
   * @throws IllegalArgumentException if the percent-encoding is broken
   */
  Map<String, String> queryParameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.merge(decoded(name), decoded(value), (one, next) -> one + "," + next);
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}

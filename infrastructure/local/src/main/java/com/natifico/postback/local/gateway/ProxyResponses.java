package com.natifico.postback.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Payload format 2.0: converts a function's response into an HTTP response. */
final class ProxyResponses {
  /** Headers of the connection, which a function must not set. */
  private static final Set<String> REFUSED =
      Set.of("connection", "content-length", "keep-alive", "transfer-encoding", "upgrade");

  private final ObjectMapper json;

  ProxyResponses(ObjectMapper json) {
    this.json = json;
  }

  /**
   * @param answer JSON; without a {@code statusCode}, the whole value becomes the body of a 200
   */
  Outgoing of(byte[] answer) {
    JsonNode node;
    try {
      node = json.readTree(answer);
    } catch (IOException _) {
      return Outgoing.INTERNAL_SERVER_ERROR;
    }
    JsonNode status = node.get("statusCode");
    if (status == null || status.isNull()) {
      return inferred(node);
    }
    int code = status.asInt(0);
    if (code < 100 || code > 599) {
      return Outgoing.INTERNAL_SERVER_ERROR;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : node.path("headers").properties()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!REFUSED.contains(name) && !header.getValue().isNull()) {
        headers.put(name, header.getValue().asText());
      }
    }
    headers.putIfAbsent("content-type", "text/plain;charset=UTF-8");
    List<String> cookies = new ArrayList<>();
    node.path("cookies").forEach(cookie -> cookies.add(cookie.asText()));
    String body = node.path("body").isNull() ? "" : node.path("body").asText("");
    try {
      byte[] bytes =
          node.path("isBase64Encoded").asBoolean(false)
              ? Base64.getDecoder().decode(body)
              : body.getBytes(StandardCharsets.UTF_8);
      return new Outgoing(code, headers, cookies, ByteBuffer.wrap(bytes));
    } catch (IllegalArgumentException _) {
      return Outgoing.INTERNAL_SERVER_ERROR;
    }
  }

  private Outgoing inferred(JsonNode node) {
    try {
      byte[] body =
          node.isTextual()
              ? node.asText().getBytes(StandardCharsets.UTF_8)
              : json.writeValueAsBytes(node);
      return new Outgoing(
          200, Map.of("content-type", "application/json"), List.of(), ByteBuffer.wrap(body));
    } catch (JsonProcessingException _) {
      return Outgoing.INTERNAL_SERVER_ERROR;
    }
  }
}

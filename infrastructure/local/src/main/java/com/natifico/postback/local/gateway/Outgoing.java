package com.natifico.postback.local.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An HTTP response to be sent. */
record Outgoing(int status, Map<String, String> headers, List<String> cookies, ByteBuffer body) {
  Outgoing {
    body = body.asReadOnlyBuffer();
  }

  /** A view of its own, at its start. */
  @Override
  public ByteBuffer body() {
    return body.duplicate();
  }

  static final Outgoing BAD_REQUEST = message(400, "Bad Request");
  static final Outgoing UNAUTHORIZED = message(401, "Unauthorized");
  static final Outgoing FORBIDDEN = message(403, "Forbidden");
  static final Outgoing NOT_FOUND = message(404, "Not Found");
  static final Outgoing TOO_LARGE = message(413, "Request Entity Too Large");
  static final Outgoing INTERNAL_SERVER_ERROR = message(500, "Internal Server Error");

  /** What API Gateway says itself. */
  static Outgoing message(int status, String message) {
    return new Outgoing(
        status,
        Map.of("content-type", "application/json"),
        List.of(),
        StandardCharsets.UTF_8.encode("{\"message\":\"" + message + "\"}"));
  }
}

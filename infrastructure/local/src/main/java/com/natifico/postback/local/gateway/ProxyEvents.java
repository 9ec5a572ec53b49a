package com.natifico.postback.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.natifico.postback.local.template.Account;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Payload format 2.0: the events that API Gateway sends to functions and authorizers. */
final class ProxyEvents {
  private static final String API_ID = "local";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final ObjectMapper json;
  private final InstantSource clock;

  ProxyEvents(ObjectMapper json, InstantSource clock) {
    this.json = json;
    this.clock = clock;
  }

  /**
   * @param authorized the authorizer's context about the caller; null on an open route
   */
  ObjectNode forFunction(Incoming request, RouteTable.Match match, @Nullable JsonNode authorized) {
    ObjectNode event = common(request, match);
    if (authorized != null) {
      ((ObjectNode) event.get("requestContext")).putObject("authorizer").set("lambda", authorized);
    }
    if (request.body().hasRemaining()) {
      String text = text(request);
      event.put("body", text == null ? base64(request.body()) : text);
      event.put("isBase64Encoded", text == null);
    } else {
      event.put("isBase64Encoded", false);
    }
    return event;
  }

  ObjectNode forAuthorizer(Incoming request, RouteTable.Match match, List<String> identitySource) {
    ObjectNode event = common(request, match);
    event.put("type", "REQUEST");
    event.put(
        "routeArn",
        Account.arn("execute-api", API_ID + "/$default/" + request.method() + request.path()));
    event.set("identitySource", json.valueToTree(identitySource));
    return event;
  }

  private ObjectNode common(Incoming request, RouteTable.Match match) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "2.0");
    event.put("routeKey", match.route().key());
    event.put("rawPath", request.path());
    event.put("rawQueryString", request.query());
    if (!request.cookies().isEmpty()) {
      event.set("cookies", json.valueToTree(request.cookies()));
    }
    Map<String, String> headers = request.headers();
    headers.putIfAbsent("x-forwarded-for", request.sourceIp());
    headers.putIfAbsent("x-forwarded-proto", "http");
    headers.put("content-length", String.valueOf(request.body().remaining()));
    event.set("headers", json.valueToTree(headers));
    setUnlessEmpty(event, "queryStringParameters", request.queryParameters());
    setUnlessEmpty(event, "pathParameters", match.pathParameters());
    context(event.putObject("requestContext"), request, match);
    return event;
  }

  private void setUnlessEmpty(ObjectNode event, String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      event.set(name, json.valueToTree(values));
    }
  }

  private void context(ObjectNode context, Incoming request, RouteTable.Match match) {
    Instant now = clock.instant();
    String host = request.headers().getOrDefault("host", "localhost");
    context.put("accountId", Account.ID);
    context.put("apiId", API_ID);
    context.put("domainName", host);
    context.put("domainPrefix", API_ID);
    ObjectNode http = context.putObject("http");
    http.put("method", request.method());
    http.put("path", request.path());
    http.put("protocol", request.protocol());
    http.put("sourceIp", request.sourceIp());
    http.put("userAgent", request.headers().getOrDefault("user-agent", ""));
    context.put("requestId", UUID.randomUUID().toString());
    context.put("routeKey", match.route().key());
    context.put("stage", "$default");
    context.put("time", TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());
  }

  private static String base64(ByteBuffer body) {
    return StandardCharsets.US_ASCII.decode(Base64.getEncoder().encode(body)).toString();
  }

  /**
   * The body as text; null if its type is not declared as text, in which case it is sent as Base64.
   */
  private static @Nullable String text(Incoming request) {
    String contentType = request.headers().getOrDefault("content-type", "");
    String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean isText =
        mediaType.startsWith("text/")
            || mediaType.equals("application/json")
            || mediaType.equals("application/javascript")
            || mediaType.equals("application/xml")
            || mediaType.endsWith("+json")
            || mediaType.endsWith("+xml");
    if (!isText) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(request.body()).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }
}

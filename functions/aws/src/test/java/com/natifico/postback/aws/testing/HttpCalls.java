package com.natifico.postback.aws.testing;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.access.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls a handler as API Gateway does: with an event of payload format 2.0 that contains the
 * authorizer's result.
 */
public final class HttpCalls {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;

  public HttpCalls(Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {
    this.handler = handler;
  }

  /** A call to be filled in; it has no caller until one is set. */
  public final class Call {
    private final String routeKey;
    private final Map<String, String> path = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, Object> authorizer = new HashMap<>();
    private @Nullable String rawQuery;
    private @Nullable String body;
    private String sourceIp = "192.0.2.1";

    private Call(String routeKey) {
      this.routeKey = routeKey;
    }

    /** Calls with a key of this role that is not bound to an affiliate. */
    public Call as(Role role) {
      authorizer.put("role", role.word());
      authorizer.put("key_id", "k0000000000000000");
      return this;
    }

    /** Calls with the key of this affiliate. */
    public Call asAffiliate(String affiliateId) {
      as(Role.AFFILIATE);
      authorizer.put("affiliate_id", affiliateId);
      return this;
    }

    /** Calls with a key that has these words for statuses, as the authorizer passes them on. */
    public Call statusMap(String text) {
      authorizer.put("status_map", text);
      return this;
    }

    /** Calls with a key that has these bounds, as the authorizer passes them on. */
    public Call bounds(String offerIds, String cidrs) {
      authorizer.put("offer_ids", offerIds);
      authorizer.put("cidrs", cidrs);
      return this;
    }

    /** Calls from this address. */
    public Call from(String address) {
      sourceIp = address;
      return this;
    }

    public Call path(String name, String value) {
      path.put(name, value);
      return this;
    }

    public Call header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    public Call query(String name, String value) {
      query.put(name, value);
      return this;
    }

    /** The raw query of the URL. */
    public Call rawQuery(String raw) {
      rawQuery = raw;
      return this;
    }

    public Call body(String json) {
      body = json;
      return this;
    }

    public Answer send() {
      APIGatewayV2HTTPEvent.RequestContext.Authorizer caller =
          authorizer.isEmpty()
              ? null
              : APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                  .withLambda(authorizer)
                  .build();
      String encoded =
          query.entrySet().stream()
              .map(entry -> encode(entry.getKey()) + '=' + encode(entry.getValue()))
              .collect(Collectors.joining("&"));
      APIGatewayV2HTTPEvent event =
          APIGatewayV2HTTPEvent.builder()
              .withVersion("2.0")
              .withRouteKey(routeKey)
              .withRawQueryString(rawQuery == null ? encoded : rawQuery)
              .withPathParameters(path)
              .withHeaders(headers)
              .withBody(body)
              .withIsBase64Encoded(false)
              .withRequestContext(
                  APIGatewayV2HTTPEvent.RequestContext.builder()
                      .withAuthorizer(caller)
                      .withHttp(
                          APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                              .withSourceIp(sourceIp)
                              .build())
                      .build())
              .build();
      return new Answer(handler.apply(event));
    }
  }

  /** Calls this route of template.yaml. */
  public Call route(String routeKey) {
    return new Call(routeKey);
  }

  /** The response. */
  public record Answer(APIGatewayV2HTTPResponse response) {
    public int status() {
      return response.getStatusCode();
    }

    public JsonNode json() {
      try {
        return JSON.readTree(response.getBody());
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + response.getBody(), e);
      }
    }

    /** A header by its lower-case name; null if there is none. */
    public @Nullable String header(String name) {
      return response.getHeaders().get(name);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

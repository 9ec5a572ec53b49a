package com.natifico.postback.aws.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests and responses of an HTTP API, payload format 2.0. All of a request but what authorizers
 * other than our own add to it.
 */
final class HttpEvents {
  private HttpEvents() {}

  static APIGatewayV2HTTPEvent read(JsonParser parser) throws IOException {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    Json.members(
        parser,
        (name, value) -> {
          switch (name) {
            case "version" -> event.setVersion(Json.text(value));
            case "routeKey" -> event.setRouteKey(Json.text(value));
            case "rawPath" -> event.setRawPath(Json.text(value));
            case "rawQueryString" -> event.setRawQueryString(Json.text(value));
            case "cookies" -> event.setCookies(Json.texts(value));
            case "headers" -> event.setHeaders(Json.textsByName(value));
            case "queryStringParameters" ->
                event.setQueryStringParameters(Json.textsByName(value));
            case "pathParameters" -> event.setPathParameters(Json.textsByName(value));
            case "stageVariables" -> event.setStageVariables(Json.textsByName(value));
            case "body" -> event.setBody(Json.text(value));
            case "isBase64Encoded" -> event.setIsBase64Encoded(value.getValueAsBoolean());
            case "requestContext" ->
                event.setRequestContext(Json.orNull(value, HttpEvents::context));
            default -> value.skipChildren();
          }
        });
    return event;
  }

  private static RequestContext context(JsonParser parser) throws IOException {
    RequestContext context = new RequestContext();
    Json.members(
        parser,
        (name, value) -> {
          switch (name) {
            case "routeKey" -> context.setRouteKey(Json.text(value));
            case "accountId" -> context.setAccountId(Json.text(value));
            case "stage" -> context.setStage(Json.text(value));
            case "apiId" -> context.setApiId(Json.text(value));
            case "domainName" -> context.setDomainName(Json.text(value));
            case "domainPrefix" -> context.setDomainPrefix(Json.text(value));
            case "time" -> context.setTime(Json.text(value));
            case "timeEpoch" -> context.setTimeEpoch(value.getValueAsLong());
            case "requestId" -> context.setRequestId(Json.text(value));
            case "http" -> context.setHttp(Json.orNull(value, HttpEvents::http));
            case "authorizer" ->
                context.setAuthorizer(Json.orNull(value, HttpEvents::authorizer));
            default -> value.skipChildren();
          }
        });
    return context;
  }

  private static RequestContext.Http http(JsonParser parser) throws IOException {
    RequestContext.Http http = new RequestContext.Http();
    Json.members(
        parser,
        (name, value) -> {
          switch (name) {
            case "method" -> http.setMethod(Json.text(value));
            case "path" -> http.setPath(Json.text(value));
            case "protocol" -> http.setProtocol(Json.text(value));
            case "sourceIp" -> http.setSourceIp(Json.text(value));
            case "userAgent" -> http.setUserAgent(Json.text(value));
            default -> value.skipChildren();
          }
        });
    return http;
  }

  private static RequestContext.Authorizer authorizer(JsonParser parser) throws IOException {
    RequestContext.Authorizer authorizer = new RequestContext.Authorizer();
    Json.members(
        parser,
        (name, value) -> {
          if (name.equals("lambda")) {
            authorizer.setLambda(Json.orNull(value, HttpEvents::anyByName));
          } else {
            value.skipChildren();
          }
        });
    return authorizer;
  }

  private static Map<String, Object> anyByName(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    Json.members(parser, (name, value) -> members.put(name, Json.any(value)));
    return members;
  }

  static void write(JsonGenerator out, APIGatewayV2HTTPResponse response) throws IOException {
    out.writeStartObject();
    out.writeNumberField("statusCode", response.getStatusCode());
    Json.write(out, "headers", response.getHeaders());
    List<String> cookies = response.getCookies();
    if (cookies != null) {
      out.writeArrayFieldStart("cookies");
      for (String cookie : cookies) {
        out.writeString(cookie);
      }
      out.writeEndArray();
    }
    if (response.getBody() != null) {
      out.writeStringField("body", response.getBody());
    }
    out.writeBooleanField("isBase64Encoded", response.getIsBase64Encoded());
    out.writeEndObject();
  }
}

package com.natifico.postback.aws.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;

/**
 * Requests and responses of an HTTP API, payload format 2.0. All of a request but what authorizers
 * other than our own add to it.
 */
final class HttpEvents {
  private HttpEvents() {}

  static APIGatewayV2HTTPEvent read(JsonParser parser) throws IOException {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    for (String name = Json.first(parser); name != null; name = Json.next(parser)) {
      switch (name) {
        case "version" -> event.setVersion(Json.text(parser));
        case "routeKey" -> event.setRouteKey(Json.text(parser));
        case "rawPath" -> event.setRawPath(Json.text(parser));
        case "rawQueryString" -> event.setRawQueryString(Json.text(parser));
        case "cookies" -> event.setCookies(Json.texts(parser));
        case "headers" -> event.setHeaders(Json.textsByName(parser));
        case "queryStringParameters" -> event.setQueryStringParameters(Json.textsByName(parser));
        case "pathParameters" -> event.setPathParameters(Json.textsByName(parser));
        case "stageVariables" -> event.setStageVariables(Json.textsByName(parser));
        case "body" -> event.setBody(Json.text(parser));
        case "isBase64Encoded" -> event.setIsBase64Encoded(parser.getValueAsBoolean());
        case "requestContext" ->
            event.setRequestContext(Json.isNull(parser) ? null : context(parser));
        default -> parser.skipChildren();
      }
    }
    return event;
  }

  private static RequestContext context(JsonParser parser) throws IOException {
    RequestContext context = new RequestContext();
    for (String name = Json.first(parser); name != null; name = Json.next(parser)) {
      switch (name) {
        case "routeKey" -> context.setRouteKey(Json.text(parser));
        case "accountId" -> context.setAccountId(Json.text(parser));
        case "stage" -> context.setStage(Json.text(parser));
        case "apiId" -> context.setApiId(Json.text(parser));
        case "domainName" -> context.setDomainName(Json.text(parser));
        case "domainPrefix" -> context.setDomainPrefix(Json.text(parser));
        case "time" -> context.setTime(Json.text(parser));
        case "timeEpoch" -> context.setTimeEpoch(parser.getValueAsLong());
        case "requestId" -> context.setRequestId(Json.text(parser));
        case "http" -> context.setHttp(Json.isNull(parser) ? null : http(parser));
        case "authorizer" -> context.setAuthorizer(Json.isNull(parser) ? null : authorizer(parser));
        default -> parser.skipChildren();
      }
    }
    return context;
  }

  private static RequestContext.Http http(JsonParser parser) throws IOException {
    RequestContext.Http http = new RequestContext.Http();
    for (String name = Json.first(parser); name != null; name = Json.next(parser)) {
      switch (name) {
        case "method" -> http.setMethod(Json.text(parser));
        case "path" -> http.setPath(Json.text(parser));
        case "protocol" -> http.setProtocol(Json.text(parser));
        case "sourceIp" -> http.setSourceIp(Json.text(parser));
        case "userAgent" -> http.setUserAgent(Json.text(parser));
        default -> parser.skipChildren();
      }
    }
    return http;
  }

  private static RequestContext.Authorizer authorizer(JsonParser parser) throws IOException {
    RequestContext.Authorizer authorizer = new RequestContext.Authorizer();
    for (String name = Json.first(parser); name != null; name = Json.next(parser)) {
      if (name.equals("lambda")) {
        authorizer.setLambda(Json.isNull(parser) ? null : Json.anyByName(parser));
      } else {
        parser.skipChildren();
      }
    }
    return authorizer;
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

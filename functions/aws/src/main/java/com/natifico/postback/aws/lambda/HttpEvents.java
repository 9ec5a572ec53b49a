package com.natifico.postback.aws.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;

/**
 * Requests and responses of an HTTP API, payload format 2.0. Context that other authorizers add to
 * a request is omitted.
 */
final class HttpEvents {
  private HttpEvents() {}

  static APIGatewayV2HTTPEvent read(JsonParser parser) throws IOException {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
      switch (name) {
        case "version" -> event.setVersion(LambdaJson.text(parser));
        case "routeKey" -> event.setRouteKey(LambdaJson.text(parser));
        case "rawPath" -> event.setRawPath(LambdaJson.text(parser));
        case "rawQueryString" -> event.setRawQueryString(LambdaJson.text(parser));
        case "cookies" -> event.setCookies(LambdaJson.texts(parser));
        case "headers" -> event.setHeaders(LambdaJson.textsByName(parser));
        case "queryStringParameters" ->
            event.setQueryStringParameters(LambdaJson.textsByName(parser));
        case "pathParameters" -> event.setPathParameters(LambdaJson.textsByName(parser));
        case "stageVariables" -> event.setStageVariables(LambdaJson.textsByName(parser));
        case "body" -> event.setBody(LambdaJson.text(parser));
        case "isBase64Encoded" -> event.setIsBase64Encoded(parser.getValueAsBoolean());
        case "requestContext" ->
            event.setRequestContext(LambdaJson.isNull(parser) ? null : context(parser));
        default -> parser.skipChildren();
      }
    }
    return event;
  }

  private static RequestContext context(JsonParser parser) throws IOException {
    RequestContext context = new RequestContext();
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
      switch (name) {
        case "routeKey" -> context.setRouteKey(LambdaJson.text(parser));
        case "accountId" -> context.setAccountId(LambdaJson.text(parser));
        case "stage" -> context.setStage(LambdaJson.text(parser));
        case "apiId" -> context.setApiId(LambdaJson.text(parser));
        case "domainName" -> context.setDomainName(LambdaJson.text(parser));
        case "domainPrefix" -> context.setDomainPrefix(LambdaJson.text(parser));
        case "time" -> context.setTime(LambdaJson.text(parser));
        case "timeEpoch" -> context.setTimeEpoch(parser.getValueAsLong());
        case "requestId" -> context.setRequestId(LambdaJson.text(parser));
        case "http" -> context.setHttp(LambdaJson.isNull(parser) ? null : http(parser));
        case "authorizer" ->
            context.setAuthorizer(LambdaJson.isNull(parser) ? null : authorizer(parser));
        default -> parser.skipChildren();
      }
    }
    return context;
  }

  private static RequestContext.Http http(JsonParser parser) throws IOException {
    RequestContext.Http http = new RequestContext.Http();
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
      switch (name) {
        case "method" -> http.setMethod(LambdaJson.text(parser));
        case "path" -> http.setPath(LambdaJson.text(parser));
        case "protocol" -> http.setProtocol(LambdaJson.text(parser));
        case "sourceIp" -> http.setSourceIp(LambdaJson.text(parser));
        case "userAgent" -> http.setUserAgent(LambdaJson.text(parser));
        default -> parser.skipChildren();
      }
    }
    return http;
  }

  private static RequestContext.Authorizer authorizer(JsonParser parser) throws IOException {
    RequestContext.Authorizer authorizer = new RequestContext.Authorizer();
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
      if (name.equals("lambda")) {
        authorizer.setLambda(LambdaJson.isNull(parser) ? null : LambdaJson.anyByName(parser));
      } else {
        parser.skipChildren();
      }
    }
    return authorizer;
  }

  static void write(JsonGenerator out, APIGatewayV2HTTPResponse response) throws IOException {
    out.writeStartObject();
    out.writeNumberField("statusCode", response.getStatusCode());
    LambdaJson.write(out, "headers", response.getHeaders());
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

package com.natifico.postback.aws.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Requests to a Lambda authorizer, format 2.0 with simple responses. The request's context is left
 * out: our authorizer has no use for it, and its class wants Joda-Time.
 */
final class AuthorizerEvents {
  private AuthorizerEvents() {}

  static APIGatewayV2CustomAuthorizerEvent read(JsonParser parser) throws IOException {
    APIGatewayV2CustomAuthorizerEvent event = new APIGatewayV2CustomAuthorizerEvent();
    for (String name = Json.first(parser); name != null; name = Json.next(parser)) {
      switch (name) {
        case "version" -> event.setVersion(Json.text(parser));
        case "type" -> event.setType(Json.text(parser));
        case "routeArn" -> event.setRouteArn(Json.text(parser));
        case "identitySource" -> event.setIdentitySource(Json.texts(parser));
        case "routeKey" -> event.setRouteKey(Json.text(parser));
        case "rawPath" -> event.setRawPath(Json.text(parser));
        case "rawQueryString" -> event.setRawQueryString(Json.text(parser));
        case "cookies" -> event.setCookies(Json.texts(parser));
        case "headers" -> event.setHeaders(Json.textsByName(parser));
        case "queryStringParameters" -> event.setQueryStringParameters(Json.textsByName(parser));
        case "pathParameters" -> event.setPathParameters(Json.textsByName(parser));
        case "stageVariables" -> event.setStageVariables(Json.textsByName(parser));
        default -> parser.skipChildren();
      }
    }
    return event;
  }

  static void write(JsonGenerator out, SimpleIAMPolicyResponse response) throws IOException {
    out.writeStartObject();
    out.writeBooleanField("isAuthorized", response.getIsAuthorized());
    Json.write(out, "context", response.getContext());
    out.writeEndObject();
  }
}

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
    Json.members(
        parser,
        (name, value) -> {
          switch (name) {
            case "version" -> event.setVersion(Json.text(value));
            case "type" -> event.setType(Json.text(value));
            case "routeArn" -> event.setRouteArn(Json.text(value));
            case "identitySource" -> event.setIdentitySource(Json.texts(value));
            case "routeKey" -> event.setRouteKey(Json.text(value));
            case "rawPath" -> event.setRawPath(Json.text(value));
            case "rawQueryString" -> event.setRawQueryString(Json.text(value));
            case "cookies" -> event.setCookies(Json.texts(value));
            case "headers" -> event.setHeaders(Json.textsByName(value));
            case "queryStringParameters" ->
                event.setQueryStringParameters(Json.textsByName(value));
            case "pathParameters" -> event.setPathParameters(Json.textsByName(value));
            case "stageVariables" -> event.setStageVariables(Json.textsByName(value));
            default -> value.skipChildren();
          }
        });
    return event;
  }

  static void write(JsonGenerator out, SimpleIAMPolicyResponse response) throws IOException {
    out.writeStartObject();
    out.writeBooleanField("isAuthorized", response.getIsAuthorized());
    Json.write(out, "context", response.getContext());
    out.writeEndObject();
  }
}

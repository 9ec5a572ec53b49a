package com.natifico.postback.aws.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Requests to a Lambda authorizer, format 2.0 with simple responses. The request context is
 * omitted: our authorizer does not use it, and its class requires Joda-Time.
 */
final class AuthorizerEvents {
  private AuthorizerEvents() {}

  static APIGatewayV2CustomAuthorizerEvent read(JsonParser parser) throws IOException {
    APIGatewayV2CustomAuthorizerEvent event = new APIGatewayV2CustomAuthorizerEvent();
    for (String name = LambdaJson.first(parser); name != null; name = LambdaJson.next(parser)) {
      switch (name) {
        case "version" -> event.setVersion(LambdaJson.text(parser));
        case "type" -> event.setType(LambdaJson.text(parser));
        case "routeArn" -> event.setRouteArn(LambdaJson.text(parser));
        case "identitySource" -> event.setIdentitySource(LambdaJson.texts(parser));
        case "routeKey" -> event.setRouteKey(LambdaJson.text(parser));
        case "rawPath" -> event.setRawPath(LambdaJson.text(parser));
        case "rawQueryString" -> event.setRawQueryString(LambdaJson.text(parser));
        case "cookies" -> event.setCookies(LambdaJson.texts(parser));
        case "headers" -> event.setHeaders(LambdaJson.textsByName(parser));
        case "queryStringParameters" ->
            event.setQueryStringParameters(LambdaJson.textsByName(parser));
        case "pathParameters" -> event.setPathParameters(LambdaJson.textsByName(parser));
        case "stageVariables" -> event.setStageVariables(LambdaJson.textsByName(parser));
        default -> parser.skipChildren();
      }
    }
    return event;
  }

  static void write(JsonGenerator out, SimpleIAMPolicyResponse response) throws IOException {
    out.writeStartObject();
    out.writeBooleanField("isAuthorized", response.getIsAuthorized());
    LambdaJson.write(out, "context", response.getContext());
    out.writeEndObject();
  }
}

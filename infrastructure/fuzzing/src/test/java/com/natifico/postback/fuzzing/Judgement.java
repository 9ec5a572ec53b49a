package com.natifico.postback.fuzzing;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;

/** The rules that every response must satisfy, whatever the request. */
public final class Judgement {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Judgement() {}

  /**
   * Checks that the response is not a 5xx, that a 4xx is a problem that says what to do, and that
   * Lambda can serialize it.
   */
  public static void judge(APIGatewayV2HTTPResponse response) {
    int status = response.getStatusCode();
    require(status >= 200 && status < 500, "status " + status, response);
    if (status >= 400) {
      require(
          "application/problem+json".equals(response.getHeaders().get("content-type")),
          "no problem",
          response);
      JsonNode problem = parsed(response);
      require(problem.path("status").asInt() == status, "another status", response);
      require(!problem.path("detail").asText().isBlank(), "no detail", response);
      require(problem.path("errors").isArray(), "no errors", response);
    }
    // Lambda's serializer fails on unpaired surrogates, and the gateway then returns 500.
    LambdaEventSerializers.serializerFor(
            APIGatewayV2HTTPResponse.class, Judgement.class.getClassLoader())
        .toJson(response, new ByteArrayOutputStream());
  }

  private static JsonNode parsed(APIGatewayV2HTTPResponse response) {
    try {
      return JSON.readTree(response.getBody());
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + response.getBody(), e);
    }
  }

  private static void require(boolean holds, String what, APIGatewayV2HTTPResponse response) {
    if (!holds) {
      throw new AssertionError(what + ": " + response);
    }
  }
}

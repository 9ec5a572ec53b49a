package com.natifico.postback.functions.authorizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.natifico.postback.access.Authentication;
import com.natifico.postback.access.NewKey;
import com.natifico.postback.access.Permissions;
import com.natifico.postback.access.Role;
import com.natifico.postback.fuzzing.Lines;
import com.natifico.postback.testing.InMemoryKeyStore;
import com.natifico.postback.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Each input is an authorization request: the route, the identity source, the header and the query
 * parameter, one per line; KEY is replaced by a key that exists. Only requests that present this
 * key are authorized.
 */
final class AuthorizerHostileInputTest {
  private final NewKey issued =
      NewKey.issue(new Permissions(Role.MANAGER, null), null, Samples.NOW, new Random(3));
  private final AuthorizerFunction function;

  AuthorizerHostileInputTest() {
    InMemoryKeyStore keys = new InMemoryKeyStore();
    keys.save(issued.stored());
    function =
        new AuthorizerFunction(new Authentication(keys, null, () -> Samples.NOW, (_, _) -> {}));
  }

  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries({"KEY", "Bearer KEY", "bearer ", "Basic ", "GET /v1/conversions/postback"})
  void authorizesOnlyExistingKeys(byte[] input) {
    Lines lines = Lines.of(input);
    String header = keyed(lines.line(2));
    String secure = keyed(lines.line(3));
    APIGatewayV2CustomAuthorizerEvent event = new APIGatewayV2CustomAuthorizerEvent();
    event.setRouteKey(
        lines.choose(
            0, List.of("GET /v1/conversions/postback", "GET /v1/keys", "POST /v1/conversions")));
    event.setIdentitySource(List.of(keyed(lines.line(1))));
    event.setHeaders(Map.of("authorization", header));
    event.setQueryStringParameters(Map.of("secure", secure));

    boolean letIn = function.authorize(event).getIsAuthorized();

    boolean presented =
        lines.line(1).contains("KEY")
            || lines.line(2).contains("KEY")
            || lines.line(3).contains("KEY");
    assertEquals(letIn, letIn && presented, "authorized without a key: " + event);
  }

  private String keyed(String line) {
    return line.replace("KEY", issued.key());
  }
}

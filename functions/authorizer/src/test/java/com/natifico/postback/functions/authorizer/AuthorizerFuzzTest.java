package com.natifico.postback.functions.authorizer;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.natifico.postback.access.Authentication;
import com.natifico.postback.access.NewKey;
import com.natifico.postback.access.Permissions;
import com.natifico.postback.access.Role;
import com.natifico.postback.testing.InMemoryKeyStore;
import com.natifico.postback.testing.Samples;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Invalid keys of any form are denied, and none causes an exception. */
class AuthorizerFuzzTest {
  private final InMemoryKeyStore keys = new InMemoryKeyStore();
  private final NewKey issued =
      NewKey.issue(new Permissions(Role.MANAGER, null), null, Samples.NOW, new Random(3));
  private final AuthorizerFunction function =
      new AuthorizerFunction(new Authentication(keys, null, () -> Samples.NOW, (_, _) -> {}));

  AuthorizerFuzzTest() {
    keys.save(issued.stored());
  }

  private boolean isAuthorized(String route, String identity, String header, String secure) {
    APIGatewayV2CustomAuthorizerEvent event = new APIGatewayV2CustomAuthorizerEvent();
    event.setRouteKey(route);
    event.setIdentitySource(Arrays.asList(identity));
    event.setHeaders(Map.of("authorization", header));
    event.setQueryStringParameters(Map.of("secure", secure));
    return function.authorize(event).getIsAuthorized();
  }

  @Property(tries = 2_000)
  void deniesRandomText(
      @ForAll("routes") String route, @ForAll String identity, @ForAll String other) {
    assertFalse(isAuthorized(route, identity, identity, identity));
    assertFalse(isAuthorized(route, identity, other, identity));
    assertFalse(isAuthorized(route, "Bearer " + identity, "Bearer " + identity, other));
  }

  @Property(tries = 2_000)
  void deniesNearMisses(@ForAll("routes") String route, @ForAll("nearMisses") String key) {
    assertFalse(isAuthorized(route, "Bearer " + key, "Bearer " + key, key));
    assertFalse(isAuthorized(route, key, key, key));
  }

  @Provide
  Arbitrary<String> routes() {
    return Arbitraries.of("GET /v1/conversions/postback", "GET /v1/keys", "POST /v1/conversions");
  }

  /** The key with one character changed, omitted or added. */
  @Provide
  Arbitrary<String> nearMisses() {
    String key = issued.key();
    return Arbitraries.integers()
        .between(0, key.length() - 1)
        .flatMap(
            at ->
                Arbitraries.of(
                    key.substring(0, at) + '!' + key.substring(at + 1),
                    key.substring(0, at) + key.substring(at + 1),
                    key.substring(0, at) + 'z' + key.substring(at) + 'z',
                    key.toUpperCase(Locale.ROOT)));
  }
}

package com.natifico.postback.functions.authorizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.natifico.postback.access.Authentication;
import com.natifico.postback.access.KeyBounds;
import com.natifico.postback.access.NewKey;
import com.natifico.postback.access.Permissions;
import com.natifico.postback.access.Role;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.StatusMap;
import com.natifico.postback.testing.InMemoryKeyStore;
import com.natifico.postback.testing.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuthorizerFunctionTest {
  private static final String ROUTE = "GET /v1/affiliates/{affiliate_id}/postbacks";
  private static final String S2S = "GET /v1/conversions/postback";

  private final InMemoryKeyStore keys = new InMemoryKeyStore();
  private final AuthorizerFunction function =
      new AuthorizerFunction(new Authentication(keys, null, () -> Samples.NOW, (_, _) -> {}));
  private final NewKey affiliate = issued(Role.AFFILIATE);
  private final String key = affiliate.key();

  private NewKey issued(Role role) {
    NewKey issued =
        NewKey.issue(
            new Permissions(role, role == Role.AFFILIATE ? "77" : null),
            null,
            Samples.NOW,
            new Random(3));
    keys.save(issued.stored());
    return issued;
  }

  private static APIGatewayV2CustomAuthorizerEvent event(
      String route, String identity, String header, String query) {
    String json =
        """
        {"version": "2.0", "type": "REQUEST", "routeKey": "%s", "rawPath": "/v1/x",
         "routeArn": "arn:aws:execute-api:us-east-1:123456789012:abcdef123/test/GET/v1/x",
         "identitySource": ["%s"], "rawQueryString": "", "cookies": [],
         "headers": {%s}, "queryStringParameters": {%s}, "pathParameters": {},
         "stageVariables": {},
         "requestContext": {"accountId": "123456789012", "apiId": "api-id",
           "domainName": "id.execute-api.us-east-1.amazonaws.com", "domainPrefix": "id",
           "http": {"method": "GET", "path": "/v1/x", "protocol": "HTTP/1.1",
             "sourceIp": "203.0.113.7", "userAgent": "agent"},
           "requestId": "id", "routeKey": "%s", "stage": "$default",
           "time": "12/Mar/2026:19:03:58 +0000", "timeEpoch": 1583348638390}}
        """
            .formatted(route, identity, header, query, route);
    return LambdaEventSerializers.serializerFor(
            APIGatewayV2CustomAuthorizerEvent.class, AuthorizerFunctionTest.class.getClassLoader())
        .fromJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private boolean authorized(APIGatewayV2CustomAuthorizerEvent event) {
    return function.authorize(event).getIsAuthorized();
  }

  private static String authorization(String value) {
    return "\"authorization\": \"" + value + "\"";
  }

  private static String secure(String value) {
    return "\"secure\": \"" + value + "\"";
  }

  @Test
  void passesANetworksWordsAndBoundsToTheFunctions() {
    Permissions permissions =
        new Permissions(
            Role.NETWORK,
            null,
            new StatusMap(Map.of("earned", ConversionStatus.APPROVED)),
            new KeyBounds(List.of("1042", "7"), List.of("198.51.100.0/24", "2001:db8::/32")),
            Samples.NOW.plusSeconds(1));
    NewKey network = NewKey.issue(permissions, null, Samples.NOW, new Random(5));
    keys.save(network.stored());

    assertEquals(
        Map.of(
            "role",
            "network",
            "key_id",
            network.stored().keyId(),
            "status_map",
            "earned=approved",
            "offer_ids",
            "1042,7",
            "cidrs",
            "198.51.100.0/24,2001:db8::/32"),
        function.authorize(event(S2S, network.key(), "", secure(network.key()))).getContext());
  }

  @Test
  void passesTheCallerToTheFunctions() {
    SimpleIAMPolicyResponse response =
        function.authorize(event(ROUTE, "Bearer " + key, authorization("Bearer " + key), ""));
    assertTrue(response.getIsAuthorized());
    assertEquals(
        Map.of("role", "affiliate", "affiliate_id", "77", "key_id", affiliate.stored().keyId()),
        response.getContext());
  }

  @Test
  void respondsInApiGatewaysFormat() {
    SimpleIAMPolicyResponse response =
        function.authorize(event(ROUTE, "Bearer " + key, authorization("Bearer " + key), ""));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    LambdaEventSerializers.serializerFor(
            SimpleIAMPolicyResponse.class, AuthorizerFunctionTest.class.getClassLoader())
        .toJson(response, json);
    assertTrue(
        json.toString(StandardCharsets.UTF_8).contains("\"isAuthorized\":true"), json::toString);
  }

  @Test
  void acceptsTheSchemeInAnyCase() {
    assertTrue(authorized(event(ROUTE, "bearer " + key, authorization("bearer " + key), "")));
  }

  @Test
  void deniesAnUnknownKey() {
    SimpleIAMPolicyResponse response =
        function.authorize(event(ROUTE, "Bearer x" + key, authorization("Bearer x" + key), ""));
    assertFalse(response.getIsAuthorized());
    assertEquals(Map.of(), response.getContext());
  }

  @Test
  void deniesOtherSchemes() {
    assertFalse(authorized(event(ROUTE, key, authorization(key), "")));
    assertFalse(authorized(event(ROUTE, "Basic " + key, authorization("Basic " + key), "")));
  }

  @Test
  void acceptsAKeyInTheQueryOnItsRoute() {
    assertTrue(authorized(event(S2S, key, "", secure(key))));
  }

  @Test
  void deniesAKeyInTheQueryOnOtherRoutes() {
    assertFalse(authorized(event(ROUTE, key, "", secure(key))));
    assertFalse(authorized(event(ROUTE, "Bearer " + key, "", secure("Bearer " + key))));
  }

  @Test
  void deniesAKeyInTheHeaderOnTheRouteForKeysInTheQuery() {
    assertFalse(authorized(event(S2S, "Bearer " + key, authorization("Bearer " + key), "")));
  }

  @Test
  void readsOnlyTheIdentitySource() {
    String other = "Bearer other";
    assertFalse(authorized(event(ROUTE, other, authorization("Bearer " + key), "")));
    assertFalse(authorized(APIGatewayV2CustomAuthorizerEvent.builder().build()));
  }

  @Test
  void rejectsAnInvalidBootstrapHashAtStartup() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new AuthorizerFunction(
                Map.of(
                    "KEYS_TABLE",
                    "keys",
                    "AWS_REGION",
                    "us-east-1",
                    "BOOTSTRAP_ADMIN_KEY_HASH",
                    "not-a-hash")));
  }
}

package com.natifico.postback.functions.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import com.natifico.postback.access.Authentication;
import com.natifico.postback.access.Caller;
import com.natifico.postback.access.KeyHash;
import com.natifico.postback.aws.client.AwsClients;
import com.natifico.postback.aws.log.Log;
import com.natifico.postback.aws.snapshot.Priming;
import com.natifico.postback.aws.snapshot.Rehearsal;
import com.natifico.postback.conversion.StatusMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * API Gateway's authorizer: decides whether a key is valid, and passes the caller's role and
 * affiliate to the functions.
 *
 * <p>What a network's key is restricted to is passed on as well and checked by the function that
 * receives the push, because a cached decision applies to every address and offer.
 *
 * <p>API Gateway caches a decision for {@code AuthorizerCacheSeconds}, also a denial. Failures on
 * our side are therefore thrown and do not become denials: API Gateway then returns 500 and caches
 * nothing.
 */
public final class AuthorizerFunction
    implements RequestHandler<APIGatewayV2CustomAuthorizerEvent, SimpleIAMPolicyResponse> {
  /** Exists only in the rehearsal. */
  private static final String KEY = "npb_priming";

  private static final String QUESTION =
      """
      {"version": "2.0", "type": "REQUEST", "routeKey": "GET /v1/keys",
       "identitySource": ["Bearer %1$s"], "headers": {"authorization": "Bearer %1$s"}}
      """
          .formatted(KEY);

  private final Authentication authentication;

  /** Kept here, because the context of snapshots keeps no reference. */
  @SuppressWarnings("UnusedVariable")
  private @Nullable Priming priming;

  /** The constructor that Lambda calls. */
  public AuthorizerFunction() {
    this(System.getenv());
    priming =
        Priming.with(
            () -> rehearsal(System.getenv()),
            () -> Rehearsal.authorizer(QUESTION, this),
            Log.errors());
  }

  private static Runnable rehearsal(Map<String, String> environment) {
    String answer =
        """
        {"Item": {"key_id": {"S": "priming"}, "kind": {"S": "key"}, "hash": {"S": "%s"},
          "role": {"S": "network"}, "created_at": {"S": "2026-11-01T00:00:00Z"}}}
        """
            .formatted(KeyHash.of(KEY).hex());
    AuthorizerFunction rehearsed =
        new AuthorizerFunction(
            AuthorizerComposition.of(
                environment,
                AwsClients.rehearsed(
                    environment, Map.of("GetItem", _ -> answer, "UpdateItem", _ -> "{}"))));
    return () -> Rehearsal.authorizer(QUESTION, rehearsed);
  }

  /** Uses the services that this environment names. */
  public AuthorizerFunction(Map<String, String> environment) {
    this(AuthorizerComposition.of(environment));
  }

  AuthorizerFunction(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  public SimpleIAMPolicyResponse handleRequest(
      APIGatewayV2CustomAuthorizerEvent event, Context context) {
    return authorize(event);
  }

  SimpleIAMPolicyResponse authorize(APIGatewayV2CustomAuthorizerEvent event) {
    String key = PresentedKey.of(event);
    Caller caller = key == null ? null : authentication.authenticate(key);
    return SimpleIAMPolicyResponse.builder()
        .withIsAuthorized(caller != null)
        .withContext(contextOf(caller))
        .build();
  }

  /** The context that API Gateway passes to the functions about the caller. */
  private static Map<String, String> contextOf(@Nullable Caller caller) {
    Map<String, String> context = new HashMap<>();
    if (caller != null) {
      context.put("role", caller.role().word());
      context.put("key_id", caller.keyId());
      if (caller.affiliateId() != null) {
        context.put("affiliate_id", caller.affiliateId());
      }
      if (!caller.statusMap().equals(StatusMap.NONE)) {
        context.put("status_map", caller.statusMap().text());
      }
      put(context, "offer_ids", caller.bounds().offerIds());
      put(context, "cidrs", caller.bounds().cidrs());
    }
    return context;
  }

  private static void put(Map<String, String> context, String name, List<String> values) {
    if (!values.isEmpty()) {
      context.put(name, String.join(",", values));
    }
  }
}

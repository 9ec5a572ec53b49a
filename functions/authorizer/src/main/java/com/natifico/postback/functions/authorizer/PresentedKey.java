package com.natifico.postback.functions.authorizer;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key in a request. The key is only taken from the identity source, because API Gateway
 * caches the decision under it, and only from the place where the route accepts keys.
 */
final class PresentedKey {
  /** The only route for senders that can do nothing but request a URL. */
  private static final String S2S_ROUTE = "GET /v1/conversions/postback";

  private static final String SCHEME = "bearer ";

  private PresentedKey() {}

  /** The key; null if the request has none, or has it in the wrong place. */
  static @Nullable String of(APIGatewayV2CustomAuthorizerEvent event) {
    List<String> identitySource = event.getIdentitySource();
    if (identitySource == null || identitySource.size() != 1) {
      return null;
    }
    String identity = identitySource.getFirst();
    if (identity == null) {
      return null;
    }
    return S2S_ROUTE.equals(event.getRouteKey())
        ? ofQuery(identity, event.getQueryStringParameters())
        : ofHeader(identity, event.getHeaders());
  }

  private static @Nullable String ofQuery(
      String identity, @Nullable Map<String, String> parameters) {
    return parameters != null && identity.equals(parameters.get("secure")) ? identity : null;
  }

  private static @Nullable String ofHeader(String identity, @Nullable Map<String, String> headers) {
    if (headers == null || !identity.equals(headers.get("authorization"))) {
      return null;
    }
    // The scheme's case does not matter (RFC 9110, section 11.1).
    return identity.toLowerCase(Locale.ROOT).startsWith(SCHEME)
        ? identity.substring(SCHEME.length()).strip()
        : null;
  }
}

package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.SigningSecret;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers of a callback, including those of Standard Webhooks. */
final class CallbackHeaders {
  private static final String USER_AGENT = "Natifico-Postback/1";

  private CallbackHeaders() {}

  /**
   * The headers in the order in which they are sent; signed with every secret that is valid now.
   *
   * @param now when the attempt starts
   */
  static Map<String, String> of(Callback callback, Postback postback, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", USER_AGENT);
    headers.put("webhook-id", callback.deliveryId());
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    List<String> secrets =
        postback.settings().signingSecrets().stream()
            .filter(secret -> secret.until() == null || secret.until().isAfter(now))
            .map(SigningSecret::value)
            .toList();
    if (!secrets.isEmpty()) {
      String body = callback.request().body();
      headers.put(
          "webhook-signature",
          WebhookSignature.sign(
              secrets, callback.deliveryId(), now.getEpochSecond(), body == null ? "" : body));
    }
    return headers;
  }
}

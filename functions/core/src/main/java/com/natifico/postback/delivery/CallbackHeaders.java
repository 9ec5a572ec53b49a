package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.SigningSecret;
import com.natifico.postback.url.UrlParts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers of a callback: those of its postback, and those of Standard Webhooks. */
final class CallbackHeaders {
  private static final String USER_AGENT = "Natifico-Postback/1";

  private CallbackHeaders() {}

  /**
   * The headers in the order in which they are sent; signed with every secret that is valid now.
   *
   * @param id the {@code webhook-id}
   * @param now when the attempt starts
   */
  static Map<String, String> of(Callback callback, String id, Postback postback, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>(callback.request().headers().byName());
    headers.put("User-Agent", USER_AGENT);
    headers.put("webhook-id", id);
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
          WebhookSignature.sign(secrets, id, now.getEpochSecond(), body == null ? "" : body));
      UrlParts url = UrlParts.find(callback.request().url());
      // Without a scheme there is no target, and the transport sends nothing.
      if (url != null) {
        headers.put(
            "webhook-url-signature",
            WebhookSignature.sign(secrets, id, now.getEpochSecond(), url.requestTarget()));
      }
    }
    return headers;
  }
}

package com.natifico.postback.delivery;

import com.natifico.postback.postback.CallbackRequest;
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
   * The headers in the order in which they are sent; signed with each signing secret.
   *
   * @param id the {@code webhook-id}
   * @param now when the attempt starts
   */
  static Map<String, String> of(OutgoingRequest.Ready outgoing, String id, Instant now) {
    CallbackRequest request = outgoing.request();
    List<String> secrets = outgoing.signingSecrets();
    Map<String, String> headers = new LinkedHashMap<>(request.headers().byName());
    headers.put("User-Agent", USER_AGENT);
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    if (!secrets.isEmpty()) {
      String body = request.body();
      headers.put(
          "webhook-signature",
          WebhookSignature.sign(secrets, id, now.getEpochSecond(), body == null ? "" : body));
      UrlParts url = UrlParts.find(request.url());
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

package com.natifico.postback.functions.api;

import com.natifico.postback.aws.http.Response;
import com.natifico.postback.aws.json.JsonOutput;
import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import java.io.IOException;

/** Deliveries as they are answered. */
final class DeliveryAnswer {
  private DeliveryAnswer() {}

  static Response of(int status, Delivery delivery) {
    return Response.json(status, out -> write(out, delivery));
  }

  static void write(JsonOutput out, Delivery delivery) throws IOException {
    Callback callback = delivery.callback();
    // A pending one whose postback is gone has no request that anybody could name.
    boolean known = !callback.request().url().isEmpty();
    out.field("delivery_id", delivery.id())
        .field("affiliate_id", callback.affiliateId())
        .field("offer_id", callback.offerId())
        .field("postback_id", callback.postbackId())
        .field("conversion_id", callback.conversionId())
        .field("event_id", callback.eventId())
        .field("conversion_status", callback.conversionStatus().word())
        .field("test", callback.test())
        .field("state", delivery.state().word())
        .field("reason", delivery.reason())
        .field("method", known ? callback.request().method().name() : null)
        .field("url", known ? callback.request().url() : null)
        .field("body", callback.request().body())
        .objects("attempts", delivery.attempts(), DeliveryAnswer::write)
        .field("next_attempt_at", delivery.nextAttemptAt())
        .field("created_at", callback.createdAt());
  }

  private static void write(JsonOutput out, Attempt attempt) throws IOException {
    Attempt.Latency latency = attempt.latency();
    out.field("number", Integer.valueOf(attempt.number()))
        .field("at", attempt.at())
        .field("outcome", attempt.outcome().word())
        .field("http_status", attempt.httpStatus())
        .field("latency_ms", Integer.valueOf(latency.totalMs()))
        .object(
            "latency",
            parts ->
                parts
                    .field("dns_ms", latency.dnsMs())
                    .field("connect_ms", latency.connectMs())
                    .field("tls_ms", latency.tlsMs())
                    .field("first_byte_ms", latency.firstByteMs())
                    .field("total_ms", Integer.valueOf(latency.totalMs())))
        .field("response_snippet", attempt.responseSnippet())
        .field("error", attempt.error());
  }
}

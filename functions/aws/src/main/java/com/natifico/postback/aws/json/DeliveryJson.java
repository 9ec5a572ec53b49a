package com.natifico.postback.aws.json;

import com.natifico.postback.delivery.Attempt;
import com.natifico.postback.delivery.Callback;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.UnsentReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A delivery as the HTTP contract shows it. */
public final class DeliveryJson {
  private DeliveryJson() {}

  public static void write(JsonOutput out, Delivery delivery) throws IOException {
    Callback callback = delivery.callback();
    out.field("delivery_id", callback.deliveryId())
        .field("affiliate_id", callback.affiliateId())
        .field("offer_id", callback.offerId())
        .field("postback_id", callback.postbackId())
        .field("conversion_id", callback.conversionId())
        .field("event_id", callback.eventId())
        .field("conversion_status", callback.conversionStatus().word())
        .field("test", callback.test())
        .field("state", delivery.state().word())
        .field("method", callback.request().method().name())
        .field("url", callback.request().url())
        .field("body", callback.request().body())
        .objects("attempts", delivery.attempts(), DeliveryJson::writeAttempt)
        .field("next_attempt_at", delivery.nextAttemptAt())
        .field("created_at", callback.createdAt());
    if (delivery.history().omitted() > 0) {
      out.field("attempts_omitted", Integer.valueOf(delivery.history().omitted()));
    }
    UnsentReason reason = delivery.reason();
    if (reason != null) {
      out.field("reason", reason.word());
    }
  }

  private static void writeAttempt(JsonOutput out, Attempt attempt) throws IOException {
    Attempt.Latency latency = attempt.latency();
    out.field("number", attempt.number())
        .field("at", attempt.at())
        .field("outcome", attempt.outcome().word())
        .field("http_status", attempt.httpStatus())
        .field("latency_ms", latency.totalMs())
        .object(
            "latency",
            split -> {
              stage(split, "dns_ms", latency.dnsMs());
              stage(split, "connect_ms", latency.connectMs());
              stage(split, "tls_ms", latency.tlsMs());
              stage(split, "first_byte_ms", latency.firstByteMs());
              split.field("total_ms", latency.totalMs());
            })
        .field("response_snippet", attempt.result().responseSnippet())
        .field("error", attempt.result().error())
        .field("note", attempt.result().note());
  }

  private static void stage(JsonOutput out, String name, @Nullable Integer ms) throws IOException {
    if (ms != null) {
      out.field(name, ms);
    }
  }
}

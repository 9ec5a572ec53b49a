package com.natifico.postback.aws.json;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.Skipped;
import java.io.IOException;

/** Parts of a conversion event as the HTTP contract shows them. */
public final class EventJson {
  private EventJson() {}

  /** Writes the {@code skipped} of an event. A test holds no callbacks for paused postbacks. */
  public static void writeSkipped(JsonOutput out, ConversionEvent event) throws IOException {
    out.objects(
        "skipped",
        event.skipped(),
        (each, skipped) -> {
          each.field("postback_id", skipped.postbackId()).field("reason", skipped.reason().word());
          if (skipped.sameAs() != null) {
            each.field("same_as", skipped.sameAs());
          }
          if (skipped.reason() == Skipped.Reason.PAUSED && !event.test()) {
            EventId id = event.id();
            each.field("delivery_id", id.deliveryId(skipped.postbackId()));
          }
        });
  }
}

package com.natifico.postback.conversion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The claims. They are kept as long as the deliveries. */
public interface EventStore {
  /**
   * Claims the event unless it is claimed already.
   *
   * @return null if the claim is ours now, otherwise the event that was claimed first under the
   *     same affiliate, {@linkplain EventId#conversionKey() conversion key} and {@linkplain
   *     EventId#eventKey() event key}. The keys are digests, so the caller compares the identities:
   *     it may be another event.
   */
  @Nullable ConversionEvent claim(ConversionEvent event);

  /** All events of a conversion, the oldest first; empty if there is none. */
  List<ConversionEvent> ofConversion(String affiliateId, String conversionId);

  /** The event of this id; null if there is none. */
  @Nullable ConversionEvent find(String affiliateId, EventId id);
}

package com.natifico.postback.conversion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The claims. They are kept as long as the deliveries. */
public interface EventStore {
  /**
   * Claims the event unless it has been claimed already.
   *
   * @return null if the claim succeeded, otherwise the event that was claimed first under the same
   *     affiliate, {@linkplain EventId#conversionKey() conversion key} and {@linkplain
   *     EventId#eventKey() event key}. The keys are digests, so it may be a different event; the
   *     caller compares the identities.
   */
  @Nullable ConversionEvent claim(ConversionEvent event);

  /** All events of a conversion, oldest first; empty if there are none. */
  List<ConversionEvent> ofConversion(String affiliateId, String conversionId);

  /** The event with this id; null if there is none. */
  @Nullable ConversionEvent find(String affiliateId, EventId id);
}

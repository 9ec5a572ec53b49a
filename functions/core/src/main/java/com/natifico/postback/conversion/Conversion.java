package com.natifico.postback.conversion;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversion as the ad network pushed it.
 *
 * @param goal as pushed; "1" if it was not
 * @param occurredAt null if it was not pushed: then it occurred when it was claimed
 * @param fields every other field that feeds a macro, by the macro's name, as pushed: decimals to
 *     the digit
 */
public record Conversion(
    String conversionId,
    String affiliateId,
    String offerId,
    ConversionStatus status,
    String goal,
    @Nullable Instant occurredAt,
    @Nullable Instant clickAt,
    Map<String, String> fields) {
  public Conversion {
    fields = Map.copyOf(fields);
  }
}

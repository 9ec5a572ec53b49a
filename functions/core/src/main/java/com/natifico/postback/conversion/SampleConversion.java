package com.natifico.postback.conversion;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plausible values for what a test conversion or a preview does not give, so that every macro shows
 * something: each macro's example from the catalogue, a conversion that occurs now, and a click an
 * hour before.
 */
public final class SampleConversion {
  private static final Duration CLICK_BEFORE = Duration.ofHours(1);

  private SampleConversion() {}

  /**
   * A conversion with these values, and plausible ones for the rest.
   *
   * @param conversionId under which it is kept
   * @param given the fields that are given, by macro; a {@code conversion_id} among them is what
   *     the macro shows instead of the id under which it is kept
   */
  public static Conversion of(
      String conversionId,
      String affiliateId,
      String offerId,
      ConversionStatus status,
      String goal,
      @Nullable Instant occurredAt,
      @Nullable Instant clickAt,
      Map<String, String> given,
      Instant now) {
    Map<String, String> fields = new HashMap<>();
    for (Macro macro : Macros.all()) {
      if (macro.kind().isPushedField()) {
        fields.put(macro.name(), macro.example());
      }
    }
    fields.putAll(given);
    Instant occurred = occurredAt == null ? now : occurredAt;
    return new Conversion(
        conversionId,
        affiliateId,
        offerId,
        status,
        goal,
        occurred,
        clickAt == null ? occurred.minus(CLICK_BEFORE) : clickAt,
        fields);
  }
}

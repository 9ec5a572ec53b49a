package com.natifico.postback.conversion;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Plausible values for the fields that a test conversion or a preview does not set, so that every
 * macro has a value: each macro's example from the catalogue, a conversion that occurs now, and a
 * click an hour before.
 */
public final class SampleConversion {
  private static final Duration CLICK_BEFORE = Duration.ofHours(1);

  private static final Macro SUM = Objects.requireNonNull(Macros.find("sum"));
  private static final Macro PREVIOUS_SUM = Objects.requireNonNull(Macros.find("previous_sum"));

  private SampleConversion() {}

  /** What a plausible conversion had been before: pending, with another payout. */
  public static Conversion previous(Conversion conversion) {
    return new Conversion(
        new EventIdentity(
            conversion.affiliateId(),
            conversion.conversionId(),
            conversion.goal(),
            ConversionStatus.PENDING),
        conversion.offerId(),
        conversion.occurredAt(),
        conversion.clickAt(),
        conversion.fields().with(Map.of(SUM.name(), PREVIOUS_SUM.example())));
  }

  /** The conversion with plausible values for its missing fields. */
  public static Conversion complete(Conversion given, Instant now) {
    Map<String, String> examples = new HashMap<>();
    for (Macro macro : Macros.all()) {
      if (macro.kind().isPushedField()) {
        examples.put(macro.name(), macro.example());
      }
    }
    Instant occurredAt = given.occurredAtOr(now);
    Instant clickAt = given.clickAt();
    return new Conversion(
        given.identity(),
        given.offerId(),
        occurredAt,
        clickAt == null ? occurredAt.minus(CLICK_BEFORE) : clickAt,
        new PushedFields(examples).with(given.fields().byName()));
  }
}

package com.natifico.postback.conversion;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.MacroValues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one callback of a conversion event puts into a template.
 *
 * @param deliveryId the callback's
 */
public record ConversionMacros(
    Conversion conversion, Instant claimedAt, boolean test, String deliveryId)
    implements MacroValues {
  /** The values for one postback of the event. */
  public static ConversionMacros of(ConversionEvent event, String postbackId) {
    return new ConversionMacros(
        event.conversion(),
        event.id().claimedAt(),
        event.test(),
        event.id().deliveryId(postbackId));
  }

  @Override
  public @Nullable String text(Macro macro) {
    if (macro.kind().isPushedField()) {
      return conversion.field(macro);
    }
    return switch (macro.name()) {
      case "conversion_id" -> conversionId();
      case "affiliate_id" -> conversion.affiliateId();
      case "offerid" -> conversion.offerId();
      case "goal" -> conversion.goal();
      case "status" -> conversion.status().codeText();
      case "status_text" -> conversion.status().word();
      case "is_test" -> test ? "1" : "0";
      case "rand" -> rand();
      case "delivery_id" -> deliveryId;
      default -> time(macro);
    };
  }

  /** A test conversion may show another id than its own, see {@link SampleConversion}. */
  private String conversionId() {
    return conversion.fields().getOrDefault("conversion_id", conversion.conversionId());
  }

  private @Nullable String time(Macro macro) {
    Instant instant = instant(macro);
    if (instant == null) {
      return null;
    }
    return switch (macro.name()) {
      case "date", "click_date" -> UtcText.dateTime(instant);
      case "date_only" -> UtcText.date(instant);
      case "time" -> UtcText.time(instant);
      case "timestamp", "click_timestamp" -> Long.toString(instant.getEpochSecond());
      default -> throw new IllegalStateException("no value for the macro " + macro.name());
    };
  }

  @Override
  public @Nullable Instant instant(Macro macro) {
    return switch (macro.name()) {
      case "date", "date_only", "time", "timestamp" -> conversion.occurredAtOr(claimedAt);
      case "click_date", "click_timestamp" -> conversion.clickAt();
      default -> null;
    };
  }

  /**
   * Derived from the delivery, so that it stays the same over retries, resends and repeats, and is
   * new for each callback (design, section 10).
   */
  private String rand() {
    return UUID.nameUUIDFromBytes(deliveryId.getBytes(StandardCharsets.US_ASCII)).toString();
  }
}

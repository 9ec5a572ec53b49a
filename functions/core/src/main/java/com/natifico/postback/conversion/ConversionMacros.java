package com.natifico.postback.conversion;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.MacroValues;
import com.natifico.postback.macro.Macros;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The macro values for one callback of a conversion event.
 *
 * @param deliveryId the callback's
 * @param previous asked only if the template contains a macro about the previous event
 */
public record ConversionMacros(
    Conversion conversion,
    Instant claimedAt,
    boolean test,
    String deliveryId,
    PreviousEvent previous)
    implements MacroValues {
  private static final Macro SUM = Objects.requireNonNull(Macros.find("sum"));

  /** The values for one postback of the event. */
  public static ConversionMacros of(
      ConversionEvent event, String postbackId, PreviousEvent previous) {
    return new ConversionMacros(
        event.conversion(),
        event.id().claimedAt(),
        event.test(),
        event.id().deliveryId(postbackId),
        previous);
  }

  @Override
  public @Nullable String text(Macro macro) {
    if (macro.kind().isPushedField()) {
      return conversion.fields().get(macro);
    }
    Instant clickAt = conversion.clickAt();
    return switch (Own.of(macro)) {
      case AFFILIATE_ID -> conversion.affiliateId();
      case CLICK_DATE -> clickAt == null ? null : UtcText.dateTime(clickAt);
      case CLICK_TIMESTAMP -> clickAt == null ? null : UtcText.unix(clickAt);
      case CONVERSION_ID -> conversionId(macro);
      case DATE -> UtcText.dateTime(occurredAt());
      case DATE_ONLY -> UtcText.date(occurredAt());
      case DELIVERY_ID -> deliveryId;
      case GOAL -> conversion.goal();
      case IS_TEST -> test ? "1" : "0";
      case OFFERID -> conversion.offerId();
      case PREVIOUS_STATUS -> {
        Conversion before = previous.find();
        yield before == null ? null : before.status().codeText();
      }
      case PREVIOUS_STATUS_TEXT -> {
        Conversion before = previous.find();
        yield before == null ? null : before.status().word();
      }
      case PREVIOUS_SUM -> previousSum();
      case RAND -> rand();
      case REVISION -> Integer.toString(conversion.revision());
      case STATUS -> conversion.status().codeText();
      case STATUS_TEXT -> conversion.status().word();
      case SUM_DELTA -> {
        String sum = conversion.fields().get(SUM);
        String before = previousSum();
        yield sum == null || before == null
            ? null
            : new BigDecimal(sum).subtract(new BigDecimal(before)).toPlainString();
      }
      case TIME -> UtcText.time(occurredAt());
      case TIMESTAMP -> UtcText.unix(occurredAt());
    };
  }

  /** A test conversion may show a different id from its own, see {@link SampleConversion}. */
  private String conversionId(Macro macro) {
    String shown = conversion.fields().get(macro);
    return shown == null ? conversion.conversionId() : shown;
  }

  private @Nullable String previousSum() {
    Conversion before = previous.find();
    return before == null ? null : before.fields().get(SUM);
  }

  private Instant occurredAt() {
    return conversion.occurredAtOr(claimedAt);
  }

  @Override
  public @Nullable Instant instant(Macro macro) {
    return switch (macro.name()) {
      case "date", "date_only", "time", "timestamp" -> occurredAt();
      case "click_date", "click_timestamp" -> conversion.clickAt();
      default -> null;
    };
  }

  /**
   * Derived from the delivery id, so that it stays the same over retries, resends and repeats, and
   * differs between callbacks.
   */
  private String rand() {
    return UUID.nameUUIDFromBytes(deliveryId.getBytes(StandardCharsets.US_ASCII)).toString();
  }

  /** The macros that are not pushed fields, by their names in the catalogue. */
  private enum Own {
    AFFILIATE_ID,
    CLICK_DATE,
    CLICK_TIMESTAMP,
    CONVERSION_ID,
    DATE,
    DATE_ONLY,
    DELIVERY_ID,
    GOAL,
    IS_TEST,
    OFFERID,
    PREVIOUS_STATUS,
    PREVIOUS_STATUS_TEXT,
    PREVIOUS_SUM,
    RAND,
    REVISION,
    STATUS,
    STATUS_TEXT,
    SUM_DELTA,
    TIME,
    TIMESTAMP;

    /** Indexed by the macros' ordinals, which are faster to look up than names. */
    private static final Own[] BY_ORDINAL = byOrdinal();

    static Own of(Macro macro) {
      return BY_ORDINAL[macro.ordinal()];
    }

    private static Own[] byOrdinal() {
      Own[] byOrdinal = new Own[Macros.all().size()];
      for (Macro macro : Macros.all()) {
        if (!macro.kind().isPushedField()) {
          byOrdinal[macro.ordinal()] = valueOf(macro.name().toUpperCase(Locale.ROOT));
        }
      }
      return byOrdinal;
    }
  }
}

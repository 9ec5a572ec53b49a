package com.natifico.postback.delivery;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conversion event that a callback reports.
 *
 * @param offerId the offer of the conversion, also if the postback is a global one
 * @param test whether it is an account manager's test conversion
 * @param occurredAt when it occurred; null if that was not pushed, if the receiver does not limit
 *     the age of events, and in callbacks that earlier versions stored
 */
public record ReportedEvent(
    String affiliateId,
    String offerId,
    String conversionId,
    ConversionStatus status,
    boolean test,
    Values values,
    @Nullable Instant occurredAt) {

  /**
   * The values of the event by which people recognise it in the log; null for what the conversion
   * does not have. Deliveries that earlier versions stored have none of them.
   *
   * @param refId the click id
   * @param revision 1 unless the event is a correction
   */
  public record Values(
      @Nullable String goal,
      @Nullable String refId,
      @Nullable String sum,
      @Nullable String currency,
      int revision) {
    public static final Values NONE =
        new Values(null, null, null, null, EventIdentity.FIRST_REVISION);
  }

  /** Without the time at which it occurred. */
  public ReportedEvent(
      String affiliateId,
      String offerId,
      String conversionId,
      ConversionStatus status,
      boolean test,
      Values values) {
    this(affiliateId, offerId, conversionId, status, test, values, null);
  }

  /** Without values. */
  public ReportedEvent(
      String affiliateId,
      String offerId,
      String conversionId,
      ConversionStatus status,
      boolean test) {
    this(affiliateId, offerId, conversionId, status, test, Values.NONE);
  }

  public static ReportedEvent of(ConversionEvent event) {
    Conversion conversion = event.conversion();
    Map<String, String> fields = conversion.fields().byName();
    return new ReportedEvent(
        conversion.affiliateId(),
        conversion.offerId(),
        conversion.conversionId(),
        conversion.status(),
        event.test(),
        new Values(
            conversion.goal(),
            fields.get("ref_id"),
            fields.get("sum"),
            fields.get("currency"),
            conversion.revision()));
  }

  /** The same event with the time at which it occurred. */
  public ReportedEvent at(@Nullable Instant time) {
    return new ReportedEvent(affiliateId, offerId, conversionId, status, test, values, time);
  }
}

package com.natifico.postback.delivery;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conversion event that a callback reports.
 *
 * @param offerId the offer of the conversion, also if the postback is a global one
 * @param test whether it is an account manager's test conversion
 */
public record ReportedEvent(
    String affiliateId,
    String offerId,
    String conversionId,
    ConversionStatus status,
    boolean test,
    Values values) {

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
}

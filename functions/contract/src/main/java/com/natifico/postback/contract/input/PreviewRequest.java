package com.natifico.postback.contract.input;

import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.postback.RequestTemplate;
import java.util.Map;

/**
 * What a preview is asked for: {@code {url, method?, body?, content_type?, conversion?}}.
 *
 * @param conversion with the fields that were given, and examples for the ids that were not
 */
public record PreviewRequest(RequestTemplate request, Conversion conversion) {
  /**
   * @param affiliateId whose postback it would be
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with everything that is
   *     wrong
   */
  public static PreviewRequest read(Input.Obj body, String affiliateId, EgressGuard guard) {
    Fields fields = Fields.of(body);
    RequestTemplate request = RequestTemplateReader.read(fields, guard);
    Input.Obj given = fields.object("conversion");
    Fields conversion =
        Fields.ofConversion(given == null ? new Input.Obj(Map.of()) : given, "conversion.");
    PreviewRequest preview = new PreviewRequest(request, readConversion(conversion, affiliateId));
    conversion.refuseUnknown();
    for (FieldError error : conversion.errors()) {
      fields.reject(error.field(), error.code(), error.message(), error.suggestion());
    }
    fields.finish();
    return preview;
  }

  private static Conversion readConversion(Fields fields, String affiliateId) {
    String conversionId = ConversionReader.conversionId(fields);
    String offerId = fields.id("offer_id");
    String named = fields.id("affiliate_id");
    ConversionStatus status = ConversionReader.status(fields);
    if (named != null && !named.equals(affiliateId)) {
      fields.reject(
          "affiliate_id", "other_affiliate", "The preview is of another affiliate's postback.");
    }
    EventIdentity identity =
        new EventIdentity(
            affiliateId,
            conversionId == null ? "c-81f2" : conversionId,
            ConversionReader.goal(fields),
            status == null ? ConversionStatus.APPROVED : status);
    return new Conversion(
        identity,
        offerId == null ? "1042" : offerId,
        ConversionReader.time(fields, "occurred_at"),
        ConversionReader.time(fields, "click_at"),
        ConversionReader.macroFields(fields));
  }
}

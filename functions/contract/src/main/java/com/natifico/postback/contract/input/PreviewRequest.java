package com.natifico.postback.contract.input;

import com.natifico.postback.acceptance.RecentPreview;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.StatusMap;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.postback.RequestTemplate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a preview is asked for: {@code {url, method?, body?, content_type?, headers?, ...}} as for a
 * postback, and either {@code conversion} or {@code recent} and {@code postback_id}.
 *
 * @param conversion with the fields that were given, and examples for the ids that were not
 * @param recent how many of the newest stored events are shown instead; null for none
 * @param postbackId the postback whose requests are compared with the newest events; null for none
 */
public record PreviewRequest(
    RequestTemplate request,
    Conversion conversion,
    @Nullable Integer recent,
    @Nullable String postbackId) {
  /**
   * @param affiliateId whose postback it would be
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with everything that is
   *     wrong
   */
  public static PreviewRequest read(Input.Obj body, String affiliateId, EgressGuard guard) {
    Fields fields = Fields.of(body);
    RequestTemplate request = RequestTemplateReader.read(fields, guard);
    // These do not change the request, and a wrong one is reported here as when saving.
    JudgingReader.read(fields);
    PostbackDraft.firesForCorrections(fields);
    PostbackDraft.dropsStale(fields);
    Integer recent = fields.integer("recent", 1, RecentPreview.MOST);
    String postbackId = fields.id("postback_id");
    Input.Obj given = fields.object("conversion");
    Fields conversion =
        ConversionReader.sampleFields(
            given == null ? new Input.Obj(Map.of()) : given, "conversion.");
    if (recent != null && given != null) {
      fields.reject(
          "recent", "contradiction", "Send conversion or recent: a preview shows one of them.");
    }
    if (recent == null && postbackId != null) {
      fields.reject("postback_id", "needs_recent", "The postback is compared only with recent.");
    }
    PreviewRequest preview =
        new PreviewRequest(request, readConversion(conversion, affiliateId), recent, postbackId);
    conversion.refuseUnknown();
    conversion.errors().forEach(fields::reject);
    fields.finish();
    return preview;
  }

  private static Conversion readConversion(Fields fields, String affiliateId) {
    String conversionId = ConversionReader.conversionId(fields);
    String offerId = fields.id("offer_id");
    String named = fields.id("affiliate_id");
    ConversionStatus status = ConversionReader.status(fields, StatusMap.NONE);
    if (named != null && !named.equals(affiliateId)) {
      fields.reject(
          "affiliate_id", "other_affiliate", "The preview is of another affiliate's postback.");
    }
    EventIdentity identity =
        new EventIdentity(
            affiliateId,
            conversionId == null ? "c-81f2" : conversionId,
            ConversionReader.goal(fields),
            status == null ? ConversionStatus.APPROVED : status,
            ConversionReader.revision(fields));
    return new Conversion(
        identity,
        offerId == null ? "1042" : offerId,
        ConversionReader.time(fields, "occurred_at"),
        ConversionReader.time(fields, "click_at"),
        ConversionReader.macroFields(fields));
  }
}

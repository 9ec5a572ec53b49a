package com.natifico.postback.contract.input;

import com.natifico.postback.acceptance.RecentPreview;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.StatusMap;
import com.natifico.postback.egress.EgressGuard;
import java.util.Map;

/**
 * What a preview is asked for: the members of a postback, and either {@code conversion} or {@code
 * recent} and {@code postback_id}.
 */
public sealed interface PreviewRequest {

  /**
   * What would be sent for a conversion.
   *
   * @param conversion with the fields that were given, and examples for the ids that were not
   */
  record OfConversion(PostbackDraft draft, Conversion conversion) implements PreviewRequest {}

  /**
   * What would be sent for the newest stored events.
   *
   * @param postbackId the stored postback that the draft would replace, or {@link
   *     RecentPreview#NEW_POSTBACK}
   * @param most the number of events
   */
  record OfRecent(PostbackDraft draft, String postbackId, int most) implements PreviewRequest {}

  /**
   * @param affiliateId whose postback it would be
   * @throws com.natifico.postback.contract.problem.ProblemException 422 with everything that is
   *     wrong
   */
  static PreviewRequest read(Input.Obj body, String affiliateId, EgressGuard guard) {
    Fields fields = Fields.of(body);
    // All members are checked as when saving, also those that do not change the request.
    PostbackDraft draft = PostbackDraft.unfinished(fields, guard);
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
    Conversion sample = readConversion(conversion, affiliateId);
    conversion.refuseUnknown();
    conversion.errors().forEach(fields::reject);
    fields.finish();
    return recent == null
        ? new OfConversion(draft, sample)
        : new OfRecent(draft, postbackId == null ? RecentPreview.NEW_POSTBACK : postbackId, recent);
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

package com.natifico.postback.postback;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.ConversionReader;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.SampleConversion;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.input.Fields;
import com.natifico.postback.input.Input;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.MacroValues;
import com.natifico.postback.macro.Template;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.problem.FieldError;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a postback would send, before it is saved.
 *
 * @param url expanded
 * @param body expanded; null without one
 * @param macros those that the templates use, in their order
 * @param warnings what is probably not meant
 */
public record Preview(String url, @Nullable String body, List<Use> macros, List<Finding> warnings) {
  private static final String SAMPLE_POSTBACK = "preview";

  /**
   * A macro in use.
   *
   * @param value before it is encoded; null if it is missing, so that nothing is written
   */
  public record Use(Macro macro, @Nullable String value) {}

  /**
   * Expands {@code {url, method?, body?, content_type?, conversion?}} with the conversion's fields,
   * and plausible values for those that are not given.
   *
   * @param affiliateId whose postback it would be
   * @throws com.natifico.postback.problem.ProblemException 422 with everything that is wrong
   */
  public static Preview of(Input.Obj json, String affiliateId, EgressGuard guard, Instant now) {
    Fields fields = Fields.of(json);
    RequestTemplate request = RequestTemplate.read(fields, guard);
    Input.Obj given = fields.object("conversion");
    Fields conversion =
        Fields.ofConversion(given == null ? new Input.Obj(Map.of()) : given, "conversion.");
    MacroValues values = values(conversion, affiliateId, now);
    conversion.refuseUnknown();
    for (FieldError error : conversion.errors()) {
      fields.reject(error.field(), error.code(), error.message(), error.suggestion());
    }
    fields.finish();
    return expand(request, values);
  }

  private static MacroValues values(Fields fields, String affiliateId, Instant now) {
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
    Conversion given =
        new Conversion(
            identity,
            offerId == null ? "1042" : offerId,
            ConversionReader.time(fields, "occurred_at"),
            ConversionReader.time(fields, "click_at"),
            ConversionReader.macroFields(fields));
    return new ConversionMacros(
        SampleConversion.complete(given, now),
        now,
        false,
        EventId.of(now, identity).deliveryId(SAMPLE_POSTBACK));
  }

  private static Preview expand(RequestTemplate request, MacroValues values) {
    Template url = Template.of(request.url(), Kind.URL);
    RequestBody source = request.body();
    Template body = source == null ? null : Template.of(source.text(), source.kind());
    Set<Macro> used = new LinkedHashSet<>(url.macros());
    if (body != null) {
      used.addAll(body.macros());
    }
    return new Preview(
        url.expand(values),
        body == null ? null : body.expand(values),
        used.stream().map(macro -> new Use(macro, values.text(macro))).toList(),
        request.warnings());
  }
}

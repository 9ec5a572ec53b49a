package com.natifico.postback.postback;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.SampleConversion;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.MacroValues;
import com.natifico.postback.macro.Template;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request that a postback would send, before it is saved.
 *
 * @param url expanded
 * @param body expanded; null without one
 * @param macros the macros in the templates, in their order
 * @param warnings probable mistakes
 */
public record Preview(String url, @Nullable String body, List<Use> macros, List<Finding> warnings) {
  private static final String SAMPLE_POSTBACK = "preview";

  /**
   * A macro in a template.
   *
   * @param value before it is encoded; null if it is missing, so that nothing is written
   */
  public record Use(Macro macro, @Nullable String value) {}

  /**
   * Expands a request's templates with a conversion's fields, and plausible values for those that
   * are not given.
   */
  public static Preview of(RequestTemplate request, Conversion given, Instant now) {
    MacroValues values =
        new ConversionMacros(
            SampleConversion.complete(given, now),
            now,
            false,
            EventId.of(now, given.identity()).deliveryId(SAMPLE_POSTBACK));
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

package com.natifico.postback.postback;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.SampleConversion;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.MacroValues;
import com.natifico.postback.macro.Template.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request that a postback would send, before it is saved.
 *
 * @param url expanded; only its beginning if the request is too large, which is then a warning
 * @param body expanded; the same applies; null without one
 * @param headers those of the postback
 * @param macros the macros in the templates, in their order
 * @param warnings probable mistakes
 */
public record Preview(
    String url,
    @Nullable String body,
    RequestHeaders headers,
    List<Use> macros,
    List<Finding> warnings) {
  private static final String SAMPLE_POSTBACK = "preview";

  private static final Finding TOO_LARGE =
      new Finding(
          "request_too_large",
          "With these values the URL is larger than 32 KiB or the body larger than 96 KiB. The"
              + " request would not be sent; only its beginning is shown.",
          null,
          null);

  /**
   * A macro in a template.
   *
   * @param value before it is encoded; null if it is missing, so that nothing is written
   */
  public record Use(Macro macro, @Nullable String value) {}

  /**
   * Expands a postback's templates with a conversion's fields, and plausible values for those that
   * are not given.
   */
  public static Preview of(PostbackSettings settings, Conversion given, Instant now) {
    return of(settings.request(), settings.warnings(), given, now);
  }

  private static Preview of(
      RequestTemplate request, List<Finding> found, Conversion given, Instant now) {
    MacroValues values =
        new ConversionMacros(
            SampleConversion.complete(given, now),
            now,
            false,
            EventId.of(now, given.identity()).deliveryId(SAMPLE_POSTBACK),
            () -> SampleConversion.previous(given));
    Expansion expansion = Expansion.of(request);
    CallbackRequest expanded = expansion.expand(values);
    List<Finding> warnings = new ArrayList<>(found);
    if (expanded.isTooLarge()) {
      warnings.add(TOO_LARGE);
    }
    return new Preview(
        expanded.url(),
        expanded.body(),
        expanded.headers(),
        expansion.macros().stream().map(macro -> new Use(macro, values.text(macro))).toList(),
        List.copyOf(warnings));
  }
}

package com.natifico.postback.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of an expanded request: 32 KiB for the URL, 96 KiB for the body. */
final class RequestLimitsTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  /** The longest body: 16 KiB of one macro. */
  private static final RequestTemplate LONGEST_BODY =
      new RequestTemplate(
          HttpMethod.POST,
          "https://t.example/?c={ref_id}",
          new RequestBody("{sub1}".repeat(16 * 1024 / 6), FORM));

  private static final Conversion THOUSAND_EMOJI =
      conversion(Map.of("ref_id", "w8J3", "sub1", "\ud83d\ude00".repeat(1024)));

  private static Conversion conversion(Map<String, String> fields) {
    Conversion usual = Samples.conversion("c-1");
    return new Conversion(
        usual.identity(),
        usual.offerId(),
        usual.occurredAt(),
        usual.clickAt(),
        new PushedFields(fields));
  }

  private static CallbackRequest expanded(RequestTemplate template, Conversion conversion) {
    return Expansion.of(template)
        .expand(new ConversionMacros(conversion, Samples.NOW, false, "d-1", () -> null));
  }

  /** Without the limit, the body would have 33 MB. */
  @Test
  void endsTheExpansionOfABodyAtItsLimit() {
    CallbackRequest request = expanded(LONGEST_BODY, THOUSAND_EMOJI);

    assertTrue(request.isTooLarge());
    assertTrue(request.length() < 96 * 1024 + 2 * 12 * 1024, () -> "" + request.length());
  }

  @Test
  void endsTheExpansionOfAUrlAtItsLimit() {
    CallbackRequest request =
        expanded(
            RequestTemplate.get("https://t.example/?c={ref_id}&s=" + "{sub1}".repeat(300)),
            THOUSAND_EMOJI);

    assertTrue(request.isTooLarge());
    assertTrue(request.length() < 32 * 1024 + 2 * 12 * 1024, () -> "" + request.length());
  }

  @ParameterizedTest
  @CsvSource({"32768, 98304, false", "32769, 0, true", "30, 98305, true"})
  void countsBytes(int urlBytes, int bodyBytes, boolean tooLarge) {
    CallbackRequest request =
        new CallbackRequest(
            HttpMethod.POST, "u".repeat(urlBytes - 2) + "\u00e4", "b".repeat(bodyBytes), FORM);
    assertEquals(tooLarge, request.isTooLarge());
  }

  @Test
  void warnsOfTemplatesThatMayBeTooLarge() {
    assertEquals(List.of("may_be_too_large"), codes(LONGEST_BODY.warnings()));
    assertEquals(
        List.of("may_be_too_large"),
        codes(
            RequestTemplate.get("https://t.example/?c={ref_id}" + "&s={sub1}".repeat(11))
                .warnings()));
  }

  @Test
  void doesNotWarnOfUsualTemplates() {
    assertEquals(
        List.of(),
        RequestTemplate.get(
                "https://t.example/?c={ref_id}&p={sum}&t={transactionid}&s={status}&o={offer_id}"
                    + "&h={uagent|sha256}&1={sub1}&2={sub2}&3={sub3}&4={sub4}&5={sub5}&d={date}")
            .warnings());
  }

  /** 1,024 characters that are encoded take 3 KiB, so ten such values fit into 32 KiB. */
  @ParameterizedTest
  @CsvSource({
    "{sub1}, 10, false",
    "{sub1}, 11, true",
    "{status}, 90, false",
    "{revision}, 90, false"
  })
  void warnsOnlyIfTheValuesCanBeTooLong(String macro, int times, boolean warns) {
    RequestTemplate template =
        RequestTemplate.get("https://t.example/?c=1" + ("&v=" + macro).repeat(times));
    assertEquals(warns, codes(template.warnings()).contains("may_be_too_large"));
    CallbackRequest largest =
        expanded(template, conversion(Map.of("sub1", "\"".repeat(1024), "ref_id", "w8J3")));
    assertEquals(warns, largest.isTooLarge());
  }

  /** Three such values exceed a URL, so nearly every template would have the warning. */
  @ParameterizedTest
  @CsvSource({"2, false", "3, true"})
  void doesNotWarnOfValuesThatAreNoAscii(int times, boolean tooLarge) {
    RequestTemplate template =
        RequestTemplate.get("https://t.example/?c=1" + "&v={sub1}".repeat(times));
    assertFalse(codes(template.warnings()).contains("may_be_too_large"));
    CallbackRequest largest =
        expanded(template, conversion(Map.of("sub1", "\uD83D\uDE00".repeat(1024))));
    assertEquals(tooLarge, largest.isTooLarge());
  }

  /** A quotation mark takes two bytes in JSON, so 48 such values fill 96 KiB. */
  @ParameterizedTest
  @CsvSource({"47, false", "48, true"})
  void warnsOfBodiesByTheEncodingOfTheirValues(int times, boolean warns) {
    RequestTemplate template =
        new RequestTemplate(
            HttpMethod.POST,
            "https://t.example/?c={ref_id}",
            new RequestBody("[" + "\"{sub1}\",".repeat(times) + "1]", "application/json"));
    assertEquals(warns, codes(template.warnings()).contains("may_be_too_large"));
  }

  @Test
  void previewsTheBeginningOfARequestThatIsTooLarge() {
    Preview preview =
        Preview.of(
            PostbackSettings.of(new Scope.Global(), LONGEST_BODY), THOUSAND_EMOJI, Samples.NOW);

    assertEquals(List.of("may_be_too_large", "request_too_large"), codes(preview.warnings()));
    String body = preview.body();
    assertFalse(body == null || body.length() > 96 * 1024 + 2 * 12 * 1024);
  }

  private static List<String> codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).toList();
  }
}

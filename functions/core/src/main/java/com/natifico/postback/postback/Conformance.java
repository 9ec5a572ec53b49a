package com.natifico.postback.postback;

import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.conversion.ConversionStatus;
import com.natifico.postback.conversion.EventIdentity;
import com.natifico.postback.conversion.PushedFields;
import com.natifico.postback.conversion.SampleConversion;
import com.natifico.postback.macro.Template.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the requests of a postback with what its ad platform demands, and counts those that do
 * not conform. Not safe for use by several threads.
 */
public final class Conformance {
  /** Any time: only what the template sends is examined, and not its values. */
  private static final Instant SAMPLE_TIME = Instant.parse("2026-11-02T14:03:09Z");

  private final AdPlatform platform;
  private final List<AdPlatform.Demand> demands;
  private final int[] unmet;
  private final int[] unhashed;
  private int events;
  private int old;

  /**
   * @param request a demand that its template cannot meet, whatever the values, is not counted:
   *     {@link #ofTemplate} reports it
   */
  public Conformance(AdPlatform platform, RequestTemplate request) {
    String sample = sampleBody(request);
    this.platform = platform;
    this.demands = platform.demands().stream().filter(each -> each.isMetBy(sample)).toList();
    this.unmet = new int[demands.size()];
    this.unhashed = new int[platform.hashes().size()];
  }

  /** What the platform demands and the template does not send, even if all fields are pushed. */
  public static List<Finding> ofTemplate(AdPlatform platform, RequestTemplate request) {
    String sample = sampleBody(request);
    List<Finding> findings = new ArrayList<>();
    for (AdPlatform.Demand demand : platform.demands()) {
      if (!demand.isMetBy(sample)) {
        findings.add(
            finding(
                "platform_field_missing",
                platform.name()
                    + " needs "
                    + demand.members()
                    + ", which this template does not send."
                    + from(demand.fields())));
      }
    }
    if (platform.testMode().isIn(request)) {
      findings.add(
          finding(
              "test_mode_in_template",
              "This template has "
                  + platform.testMode().description()
                  + ", so "
                  + platform.name()
                  + " takes real conversions for tests. Remove it: test conversions add it"
                  + " themselves."));
    }
    return findings;
  }

  private static String sampleBody(RequestTemplate request) {
    Conversion sample =
        SampleConversion.complete(
            new Conversion(
                new EventIdentity("77", "c-81f2", "1", ConversionStatus.APPROVED),
                "1042",
                SAMPLE_TIME,
                null,
                PushedFields.NONE),
            SAMPLE_TIME);
    return body(
        Expansion.of(request)
            .expand(
                new ConversionMacros(
                    sample,
                    SAMPLE_TIME,
                    false,
                    "sample",
                    () -> SampleConversion.previous(sample))));
  }

  private static String body(CallbackRequest request) {
    String body = request.body();
    return body == null ? "" : body;
  }

  /**
   * Counts the request of one event.
   *
   * @param age of the event when it was accepted
   */
  public void add(CallbackRequest request, Duration age) {
    String body = body(request);
    events++;
    for (int i = 0; i < unmet.length; i++) {
      unmet[i] += demands.get(i).isMetBy(body) ? 0 : 1;
    }
    for (int i = 0; i < unhashed.length; i++) {
      unhashed[i] += platform.hashes().get(i).isRespectedBy(body) ? 0 : 1;
    }
    Duration maxAge = platform.maxAge();
    old += maxAge != null && age.compareTo(maxAge) > 0 ? 1 : 0;
  }

  /** What the events lack that were counted; for one event, a test conversion. */
  public List<Finding> ofTestConversion() {
    return findings(null);
  }

  /** What the events lack that were counted, with their numbers. */
  public List<Finding> ofRecentEvents() {
    return findings(" of the last " + events + " conversions that this postback fires for");
  }

  /**
   * @param amongWhich null for the test conversion
   */
  private List<Finding> findings(@Nullable String amongWhich) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < unmet.length; i++) {
      if (unmet[i] > 0) {
        AdPlatform.Demand demand = demands.get(i);
        findings.add(
            finding(
                "platform_data_missing",
                platform.name()
                    + " needs "
                    + demand.members()
                    + ". Sent without it: "
                    + subject(unmet[i], amongWhich)
                    + from(demand.fields())));
      }
    }
    for (int i = 0; i < unhashed.length; i++) {
      if (unhashed[i] > 0) {
        AdPlatform.Hash hash = platform.hashes().get(i);
        findings.add(
            finding(
                "platform_value_not_hashed",
                platform.name()
                    + " takes "
                    + hash.member()
                    + " only as a SHA-256 hash of the normalized value: 64 hexadecimal digits in lower"
                    + " case. Sent otherwise: "
                    + subject(unhashed[i], amongWhich)
                    + from(List.of(hash.field()))));
      }
    }
    Duration maxAge = platform.maxAge();
    if (old > 0 && maxAge != null) {
      findings.add(
          finding(
              "event_too_old",
              platform.name()
                  + " takes events up to "
                  + maxAge.toDays()
                  + " days after they occurred. Older when accepted: "
                  + subject(old, amongWhich)
                  + " They end as failed with too_old, without a request."));
    }
    return List.copyOf(findings);
  }

  private static String subject(int count, @Nullable String amongWhich) {
    return amongWhich == null ? "the test conversion." : count + amongWhich + ".";
  }

  private static String from(List<String> fields) {
    return fields.isEmpty() ? "" : " It is filled from " + String.join(", ", fields) + ".";
  }

  private static Finding finding(String code, String message) {
    return new Finding(code, message, null, null);
  }
}

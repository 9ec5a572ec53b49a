package com.natifico.postback.postback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.macro.Template.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConformanceTest {
  private static final AdPlatform REDDIT = Objects.requireNonNull(AdPlatforms.find("reddit"));

  private static final String BODY =
      "{\"data\": {\"events\": [{\"event_at\": {timestamp|ms}, \"action_source\": \"WEBSITE\","
          + " \"type\": {\"tracking_type\": \"LEAD\"}, \"click_id\": {rdt_cid},"
          + " \"user\": {\"email\": {email_sha256}}}]}}";

  private static RequestTemplate template(String body) {
    return new RequestTemplate(
        HttpMethod.POST, "https://ads-api.reddit.com/x", new RequestBody(body, "application/json"));
  }

  private static CallbackRequest sent(String click, String email) {
    return new CallbackRequest(
        HttpMethod.POST,
        "https://ads-api.reddit.com/x",
        BODY.replace("{timestamp|ms}", "1793628189000")
            .replace("{rdt_cid}", click)
            .replace("{email_sha256}", email),
        "application/json");
  }

  private static List<String> texts(List<Finding> findings) {
    return findings.stream().map(each -> each.code() + ": " + each.message()).toList();
  }

  @Test
  void namesWhatTheTemplateDoesNotSend() {
    assertEquals(
        List.of(
            "platform_field_missing: Reddit Conversions API needs action_source, which this"
                + " template does not send.",
            "platform_field_missing: Reddit Conversions API needs click_id, or user.email, or"
                + " user.phone_number, or user.ip_address, which this template does not send. It"
                + " is filled from rdt_cid, email_sha256, phone_sha256, ip."),
        texts(
            Conformance.ofTemplate(
                REDDIT,
                template(
                    "{\"data\": {\"events\": [{\"event_at\": 1, \"type\":"
                        + " {\"tracking_type\": \"LEAD\"}}]}}"))));
    assertEquals(List.of(), Conformance.ofTemplate(REDDIT, template(BODY)));
  }

  @Test
  void aRequestWithoutABodyLacksEverything() {
    assertEquals(
        REDDIT.demands().size(),
        Conformance.ofTemplate(REDDIT, RequestTemplate.get("https://t.example/?c={ref_id}"))
            .size());
  }

  @Test
  void countsTheEventsThatDoNotConform() {
    Conformance conformance = new Conformance(REDDIT, template(BODY));
    conformance.add(sent("\"5290\"", "null"), Duration.ZERO);
    conformance.add(sent("null", "\"\""), Duration.ofDays(7));
    conformance.add(sent("null", "\"a@b.example\""), Duration.ofDays(8));
    conformance.add(sent("null", "\"" + "A".repeat(64) + "\""), Duration.ZERO);
    conformance.add(sent("null", "\"" + "a".repeat(64) + "\""), Duration.ZERO);

    assertEquals(
        List.of(
            "platform_data_missing: Reddit Conversions API needs click_id, or user.email, or"
                + " user.phone_number, or user.ip_address. Sent without it: 1 of the last 5"
                + " conversions that this postback fires for. It is filled from rdt_cid,"
                + " email_sha256, phone_sha256, ip.",
            "platform_value_not_hashed: Reddit Conversions API takes user.email only as a SHA-256"
                + " hash of the normalized value: 64 hexadecimal digits in lower case."
                + " Sent otherwise: 2 of the last 5 conversions that this postback fires for. It"
                + " is filled from email_sha256.",
            "event_too_old: Reddit Conversions API takes events up to 7 days after they occurred."
                + " Older when accepted: 1 of the last 5 conversions that this postback fires for."
                + " They end as failed with too_old, without a request."),
        texts(conformance.ofRecentEvents()));
  }

  /** What no value could change is reported about the template, and not about the data. */
  @Test
  void doesNotCountWhatTheTemplateLacks() {
    Conformance conformance =
        new Conformance(REDDIT, RequestTemplate.get("https://t.example/?c={ref_id}"));
    conformance.add(
        new CallbackRequest(HttpMethod.GET, "https://t.example/?c=1", null, null), Duration.ZERO);

    assertEquals(List.of(), conformance.ofRecentEvents());
    assertEquals(List.of(), conformance.ofTestConversion());
  }
}

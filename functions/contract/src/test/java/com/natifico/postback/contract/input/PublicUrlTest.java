package com.natifico.postback.contract.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.contract.problem.FieldError;
import com.natifico.postback.egress.EgressGuard;
import com.natifico.postback.macro.Template.Correction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The URLs that are rejected and accepted when a postback is saved. */
final class PublicUrlTest {
  private static List<FieldError> errors(Map<String, Input> members) {
    Fields fields = Fields.of(new Input.Obj(members));
    RequestTemplateReader.read(fields, new EgressGuard(List.of(), Set.of(80, 443)));
    return fields.errors();
  }

  private static List<FieldError> errors(String url) {
    return errors(Map.of("url", new Input.Text(url)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          https://DOMAIN/postback?cid={ref_id}                               | unfilled_placeholder |
          https://your-domain/<postback_key>/postback?subid={ref_id}         | unfilled_placeholder |
          https://t.example.com/<postback_key>/postback?subid={ref_id}       | unfilled_placeholder |
          http://jenkins:80/x?c={ref_id}                                     | invalid_host         |
          http://http//t.example.com/p?c={ref_id}                            | invalid_scheme       | http://t.example.com/p?c={ref_id}
          https://https://t.example.com/p?c={ref_id}                         | invalid_scheme       | https://t.example.com/p?c={ref_id}
          http://https://t.example.com/p?c={ref_id}                          | invalid_scheme       | https://t.example.com/p?c={ref_id}
          https://your-domain.com/postback?cid={ref_id}                      | unfilled_placeholder |
          https://track.yourdomain.com/postback?cid={ref_id}                 | unfilled_placeholder |
          https://t.example.com/[postback_key]/postback?cid={ref_id}         | unfilled_placeholder |
          https://t.example.com/YOUR_KEY/postback?cid={ref_id}               | unfilled_placeholder |
          https://t.example.com/KEY/postback?subid={ref_id}                  | unfilled_placeholder |
          <img src='https://t.example.com/p?c={ref_id}'>                     | html_tag             | https://t.example.com/p?c={ref_id}
          https://t.example.com/p?c=#{click_id}                              | foreign_macro        | ref_id
          https://t.example.com/p?c=%CAMPAIGN_ID%                            | foreign_macro        | offerid
          https://t.example.com/p?c={affiliate_click_id}                     | unknown_macro        | ref_id
          https://t.example.com/p?c={ref_id}&d={date:Y-m-d}                  | foreign_macro        | "date|format:yyyy-MM-dd"
          """)
  void rejects(String url, String code, @Nullable String suggestion) {
    FieldError error = errors(url).getFirst();

    assertEquals(code, error.code());
    assertEquals(suggestion, error.suggestion());
  }

  /** As the sender would connect, in every spelling that C's inet_aton accepts. */
  @ParameterizedTest
  @ValueSource(
      strings = {"0x7f.1", "127.1", "2130706433", "0177.0.0.1", "0x7f000001", "127.0.0.1."})
  void namesTheAddressOfAnUnusualSpelling(String host) {
    FieldError error = errors("http://" + host + "/p?c={ref_id}").getFirst();

    assertEquals("forbidden_address", error.code());
    assertTrue(error.message().contains("127.0.0.1"), error.message());
  }

  @Test
  void namesTheAddressThatIpv6Embeds() {
    assertEquals(
        List.of(
            new FieldError(
                "url",
                "forbidden_address",
                "The address ::ffff:127.0.0.1 is not on the public internet (IPv4-mapped, RFC"
                    + " 4291).")),
        errors("http://[::ffff:127.0.0.1]/p?c={ref_id}"));
  }

  @Test
  void asksForTheAsciiFormOfAnInternationalName() {
    assertEquals(
        List.of(
            new FieldError(
                "url",
                "invalid_host",
                "The host \"münchen.example\" must be written in ASCII.",
                "xn--mnchen-3ya.example",
                new Correction("://münchen.example", "://xn--mnchen-3ya.example"))),
        errors("https://münchen.example/?c={ref_id}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://my_host.example.com/p?c={ref_id}",
        "https://HOST.example.com/p?c={ref_id}",
        "https://https.example.com/p?c={ref_id}",
        "https://t.example.com/YOURS/{ref_id}",
        "https://t.example.com/p?key=KEY&c={ref_id}",
        "https://t.example.com/https://?c={ref_id}",
        "https://xn--mnchen-3ya.example/?c={ref_id}"
      })
  void accepts(String url) {
    assertEquals(List.of(), errors(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/JSON; charset=\"utf-8\"",
        "application/x-www-form-urlencoded; charset=utf-8"
      })
  void acceptsTheCharsetThatIsSent(String contentType) {
    assertEquals(List.of(), errors(post(contentType)));
  }

  @Test
  void rejectsAnotherCharset() {
    assertEquals(
        "invalid_value", errors(post("application/json; charset=latin1")).getFirst().code());
  }

  private static Map<String, Input> post(String contentType) {
    return Map.of(
        "url", new Input.Text("https://t.example.com/"),
        "method", new Input.Text("POST"),
        "body", new Input.Text("{}"),
        "content_type", new Input.Text(contentType));
  }
}

package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Template.Parsed;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is rejected when it is saved, with its code and suggestion. */
class RefusalsTest {
  private static final @Nullable String NONE = null;

  static Stream<Arguments> urls() {
    return Stream.of(
        // Macros
        row("https://t.example/?a={reff_id}", "unknown_macro", "ref_id"),
        row("https://t.example/?a={Ref-ID}", "unknown_macro", "ref_id"),
        row("https://t.example/?a={clik_id}", "unknown_macro", "click_id"),
        row("https://t.example/?a={!subid1!}", "unknown_macro", "subid1"),
        row("https://t.example/?a={xyzzy}", "unknown_macro", NONE),
        row("https://t.example/?a={affiliate_click_id}", "unknown_macro", "ref_id"),
        row("https://t.example/?a={utm_source}", "unknown_macro", "source"),
        row("https://t.example/?a={subacc4}", "unknown_macro", "sub4"),
        row("https://t.example/?a={subacc99}", "unknown_macro", NONE),
        row("https://t.example/?a={points}", "unknown_macro", "sum"),
        row("https://t.example/?a={ttclid2}", "unknown_macro", NONE),
        row("https://t.example/?a={click_ip}", "unknown_macro", "ip"),
        row("https://t.example/?a={device_id}", "unknown_macro", NONE),
        row("https://t.example/?a={uid}", "unknown_macro", NONE),
        row("https://t.example/?a={sub31}", "unknown_macro", NONE),
        // Keitaro's parameters
        row(
            "https://t.example/?a={status:lead=0 sale=1}",
            "foreign_macro",
            "status_text|map:pending=0,hold=0,approved=1"),
        row(
            "https://t.example/?a={status:sale=1,rejected=3,rebill=4}",
            "foreign_macro",
            "status_text|map:approved=1,declined=3"),
        row("https://t.example/?a={status:registration=1}", "unknown_macro", NONE),
        row("https://t.example/?a={date:Y-m-d}", "foreign_macro", "date|format:yyyy-MM-dd"),
        row("https://t.example/?a={date:Y-m-d\\TH:i:s}", "unknown_macro", NONE),
        row(
            "https://t.example/?a={click_date:d.m.Y H:i|upper}",
            "foreign_macro",
            "click_date|format:dd.MM.yyyy HH:mm"),
        row("https://t.example/?a={date:U}", "foreign_macro", "timestamp"),
        row("https://t.example/?a={date:N}", "unknown_macro", NONE),
        row("https://t.example/?a={}", "unknown_macro", NONE),
        row("https://t.example/?a={ }", "unknown_macro", NONE),
        row("https://t.example/?a={|upper}", "unknown_macro", NONE),
        row("https://t.example/?a={transaction_id}", "ambiguous_macro", "ref_id"),
        row("https://t.example/?a={SubID}", "ambiguous_macro", "ref_id"),
        row("https://t.example/?a={aff_sub1 }", "blank_in_braces", "aff_sub1"),
        row("https://t.example/?a={ ref_id}", "blank_in_braces", "ref_id"),
        row("https://t.example/?a={ref id}", "blank_in_braces", "ref_id"),
        row("https://t.example/?a={ref_id\u00a0}", "blank_in_braces", "ref_id"),
        row("https://t.example/?a={ref_id |upper}", "blank_in_braces", "ref_id"),
        row("https://t.example/?a={ref_id| upper}", "blank_in_braces", "upper"),
        row("https://t.example/?a={ref_id|default: x}", "blank_in_braces", "x"),
        row("https://t.example/?a={ref_id|map:a=b, c=d}", "blank_in_braces", "c=d"),
        // Braces
        row("https://t.example/?a={ref_id", "unbalanced_braces", NONE),
        row("https://t.example/?a=ref_id}", "unbalanced_braces", NONE),
        row("https://t.example/?a={{ref_id}", "unbalanced_braces", NONE),
        row("https://t.example/?a={ref_id}}", "unbalanced_braces", NONE),
        row("https://t.example/?a={ref_id|default:{sub1}}", "unbalanced_braces", NONE),
        // Other systems' braces
        row("https://t.example/?a=${SUBID}", "foreign_macro", "ref_id"),
        row("https://t.example/?a=#{click_id}", "foreign_macro", "ref_id"),
        row("https://t.example/?a=${ref_id}", "foreign_macro", "ref_id"),
        row("https://t.example/?a={{ref_id}}", "foreign_macro", "ref_id"),
        row("https://t.example/?a={{ Click-ID }}", "foreign_macro", "ref_id"),
        row("https://t.example/?a={{{payout}}}", "foreign_macro", "sum"),
        row("https://t.example/?a={{xyzzy}}", "foreign_macro", NONE),
        row("https://t.example/?a=%7Bref_id%7D", "foreign_macro", "ref_id"),
        row("https://t.example/?a=%7bREF_ID%7d", "foreign_macro", "ref_id"),
        row("https://t.example/?a=%7B%7Bclickid%7D%7D", "foreign_macro", "ref_id"),
        // Filters
        row("https://t.example/?a={ref_id|uper}", "unknown_filter", "upper"),
        row("https://t.example/?a={sum|max}", "unknown_filter", NONE),
        row("https://t.example/?a={timestamp|ms:1}", "bad_argument", NONE),
        row("https://t.example/?a={ref_id|xyzzy}", "unknown_filter", NONE),
        row("https://t.example/?a={ref_id|}", "unknown_filter", NONE),
        row("https://t.example/?a={ref_id|upper|}", "unknown_filter", NONE),
        row("https://t.example/?a={ref_id|upper:x}", "bad_argument", NONE),
        row("https://t.example/?a={ref_id|raw:}", "bad_argument", NONE),
        row("https://t.example/?a={ref_id|default}", "bad_argument", NONE),
        row("https://t.example/?a={ref_id|default:}", "bad_argument", NONE),
        row("https://t.example/?a={status|map}", "bad_argument", NONE),
        row("https://t.example/?a={status|map:1}", "bad_argument", NONE),
        row("https://t.example/?a={status|map:=x}", "bad_argument", NONE),
        row("https://t.example/?a={status|map:1=a,}", "bad_argument", NONE),
        row("https://t.example/?a={status|map:1=a,1=b}", "bad_argument", NONE),
        row("https://t.example/?a={sum|multiply}", "bad_argument", NONE),
        row("https://t.example/?a={sum|multiply:x}", "bad_argument", NONE),
        row("https://t.example/?a={sum|multiply:1e9}", "bad_argument", NONE),
        row("https://t.example/?a={sum|multiply:0,5}", "bad_argument", NONE),
        row("https://t.example/?a={sum|multiply:1234567890123456789}", "bad_argument", NONE),
        row("https://t.example/?a={sum|scale}", "bad_argument", NONE),
        row("https://t.example/?a={sum|scale:-1}", "bad_argument", NONE),
        row("https://t.example/?a={sum|scale:19}", "bad_argument", NONE),
        row("https://t.example/?a={sum|scale:1.5}", "bad_argument", NONE),
        row("https://t.example/?a={sum|scale:2147483648}", "bad_argument", NONE),
        row("https://t.example/?a={sub1|format:yyyy}", "bad_argument", NONE),
        row("https://t.example/?a={date|format}", "bad_argument", NONE),
        row("https://t.example/?a={date|format:}", "bad_argument", NONE),
        row("https://t.example/?a={date|format:,UTC}", "bad_argument", NONE),
        row("https://t.example/?a={date|format:bogus}", "bad_argument", NONE),
        row("https://t.example/?a={date|format:yyyy'}", "bad_argument", NONE),
        row("https://t.example/?a={date|format:pHHmm}", "bad_argument", NONE),
        row(
            "https://t.example/?a={date|format:yyyy,Europe/Berln}",
            "bad_argument",
            "Europe/Berlin"),
        row("https://t.example/?a={date|format:EEE, dd MMM}", "bad_argument", NONE),
        row("https://t.example/?a={date|format:yyyy|format:MM}", "bad_argument", NONE),
        // Address
        row("", "invalid_scheme", NONE),
        row("/pb?a={ref_id}", "invalid_scheme", NONE),
        row("t.example/pb?a={ref_id}", "invalid_scheme", "https://t.example/pb?a={ref_id}"),
        row("t.example:8080/pb", "invalid_scheme", "https://t.example:8080/pb"),
        row("//t.example/pb", "invalid_scheme", "https://t.example/pb"),
        row("ftp://t.example/?a={ref_id}", "invalid_scheme", NONE),
        row("javascript:alert(1)", "invalid_scheme", NONE),
        row("https:/t.example/", "invalid_scheme", NONE),
        row("https:t.example/", "invalid_scheme", NONE),
        row("{sub1}://t.example/", "macro_in_host", NONE),
        row("https{sub1}://t.example/", "macro_in_host", NONE),
        row("https://{sub1}/", "macro_in_host", NONE),
        row("https://{sub1}.example/", "macro_in_host", NONE),
        row("https://t.example{sub1}", "macro_in_host", NONE),
        row("https://t.example{sub1}/x", "macro_in_host", NONE),
        row("https://t.example:{sub1}/", "macro_in_host", NONE),
        row("https://t.example:80{sub1}/", "macro_in_host", NONE),
        row("https://{sub1}@t.example/", "macro_in_host", NONE),
        row("https://u:{sub1}@t.example/", "macro_in_host", NONE),
        row("{sub1}", "macro_in_host", NONE),
        row("https://user@t.example/", "user_info", NONE),
        row("https://user:secret@t.example/", "user_info", NONE),
        row("https://@t.example/", "user_info", NONE),
        row("https://t.example\\@evil.example/", "invalid_host", NONE),
        row("https:///path", "invalid_host", NONE),
        row("https://?a={ref_id}", "invalid_host", NONE),
        row("https://a..b/", "invalid_host", NONE),
        row("https://a b/", "invalid_host", NONE),
        row("https://a%41.example/", "invalid_host", NONE),
        row("https://größe.example/", "invalid_host", NONE),
        row("https://münchen.example/", "invalid_host", "xn--mnchen-3ya.example"),
        row("https://127.1/", "forbidden_address", NONE),
        row("https://0177.0.0.1/", "forbidden_address", NONE),
        row("https://256.0.0.1/", "invalid_host", NONE),
        row("https://10.0.0.1./", "forbidden_address", NONE),
        row("https://t.example\\x", "invalid_host", NONE),
        row("https://2001:db8::1/", "invalid_host", "[2001:db8::1]"),
        row("https://t.example:80:80/", "invalid_host", NONE),
        row("https://[2001:db8::1/", "invalid_host", NONE),
        row("https://[::1%eth0]/", "invalid_host", NONE),
        row("https://2130706433/", "forbidden_address", NONE),
        row("https://0x7f.1/", "forbidden_address", NONE),
        row("https://t.example:/", "invalid_port", NONE),
        row("https://t.example:0/", "invalid_port", NONE),
        row("https://t.example:65536/", "invalid_port", NONE),
        row("https://t.example:80x/", "invalid_port", NONE),
        row("https://t.example:-80/", "invalid_port", NONE),
        // Rest of the URL
        row(" https://t.example/?a={ref_id}", "blank", "https://t.example/?a={ref_id}"),
        row("https://t.example/?a={ref_id} ", "blank", "https://t.example/?a={ref_id}"),
        row("https://t.example/\n", "control_character", NONE),
        row("https://t.example/\u0000", "control_character", NONE),
        row("https://t.example/?a={ref_id|default:\t}", "control_character", NONE),
        row("https://t.example/\u0085", "control_character", NONE),
        row("https://t.example/./a", "dot_segment", NONE),
        row("https://t.example/a/../{ref_id}", "dot_segment", NONE),
        row("https://t.example/a/..", "dot_segment", NONE),
        row("https://t.example/a/.?b={ref_id}", "dot_segment", NONE),
        row("https://t.example/#/pb?a={ref_id}", "fragment", "%23"),
        row("https://t.example/?a={ref_id}#top", "fragment", "%23"),
        row("https://t.example#top", "fragment", "%23"),
        row("https://t.example/?a=#{sub1}#", "foreign_macro", "sub1"),
        row("https://t.example/?a=100%", "invalid_percent", "%25"),
        row("https://t.example/?a=%4{sub1}", "invalid_percent", "%25"),
        row("https://t.example/?a=%zz", "invalid_percent", "%25"),
        row("https://t.example/?a=%payout%", "foreign_macro", "sum"),
        row("https://t.example/?a=%%CLICK_ID%%", "foreign_macro", "ref_id"),
        row("https://t.example/?a=%CAMPAIGN_ID%", "foreign_macro", "offerid"),
        row("https://t.example/?a=%CAMPAIGN_ID%&b={ref_id}", "foreign_macro", "offerid"),
        row("https://t.example/?a=%xyzzy%", "foreign_macro", NONE),
        row("https://t.example/?a=10%off%20x", "invalid_percent", "%25"),
        row("https://t.example/?a=%24%7Bclickid%7D", "foreign_macro", "ref_id"),
        row("https://t.example/?a=$%7Bclickid%7D", "foreign_macro", "ref_id"),
        row("https://t.example/?a=#%7Bclickid%7D", "foreign_macro", "ref_id"),
        row("https://t.example/?a={ref_id}" + "x".repeat(2048), "too_long", NONE));
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        row("a={reff_id}", "unknown_macro", "ref_id"),
        row("a={Ref-ID}", "unknown_macro", "ref_id"),
        row("a={subid}", "ambiguous_macro", "ref_id"),
        row("a={ref_id|upper", "unbalanced_braces", NONE),
        row("a={ref_id|default:{sub1}}", "unbalanced_braces", NONE),
        row("a=%7Bref_id%7D", "foreign_macro", "ref_id"),
        row("a=100%", "invalid_percent", "%25"),
        row("a=b\nc=d", "control_character", NONE),
        row("ü".repeat(8193), "too_long", NONE));
  }

  static Stream<Arguments> jsons() {
    return Stream.of(
        row("{\"a\": \"{reff_id}\"}", "unknown_macro", "ref_id"),
        row("{\"a\": {transaction_id}}", "ambiguous_macro", "ref_id"),
        row("{\"a\": \"{ref_id|upper\"", "unbalanced_braces", NONE),
        row("", "invalid_json", NONE),
        row("a={ref_id}", "invalid_json", NONE),
        row("{\"a\": 1{sum}}", "invalid_json", NONE),
        row("{\"a\": {sum}{sum}}", "invalid_json", NONE),
        row("{{sum}: 1}", "invalid_json", NONE),
        row("{\"a\": \"\\{sub1}\"}", "invalid_json", NONE),
        row("{\"a\": \"\\u00{sub1}\"}", "invalid_json", NONE),
        row("{\"a\": \"{ref_id}}", "invalid_json", NONE),
        row("{\"a\": \"x\ny\"}", "invalid_json", NONE),
        row("{\"a\": 1} x", "invalid_json", NONE),
        row("{'a': 1}", "invalid_json", NONE),
        row("{\"a\": 1,}", "invalid_json", NONE),
        row("[".repeat(16_000), "invalid_json", NONE),
        row("{\"a\": \"\u0007\"}", "control_character", NONE),
        row("\"" + "x".repeat(16 * 1024) + "\"", "too_long", NONE));
  }

  private static Arguments row(String source, String code, @Nullable String suggestion) {
    return Arguments.of(source, code, suggestion);
  }

  @ParameterizedTest
  @MethodSource("urls")
  void rejectsTheUrl(String source, String code, @Nullable String suggestion) {
    assertRejected(source, Kind.URL, code, suggestion);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void rejectsTheForm(String source, String code, @Nullable String suggestion) {
    assertRejected(source, Kind.FORM, code, suggestion);
  }

  @ParameterizedTest
  @MethodSource("jsons")
  void rejectsTheJson(String source, String code, @Nullable String suggestion) {
    assertRejected(source, Kind.JSON, code, suggestion);
  }

  private static void assertRejected(
      String source, Kind kind, String code, @Nullable String suggestion) {
    Parsed parsed = Template.parse(source, kind);

    assertNull(parsed.template());
    Finding first = parsed.errors().getFirst();
    assertEquals(code, first.code(), parsed.errors().toString());
    assertEquals(suggestion, first.suggestion(), parsed.errors().toString());
    assertTrue(first.message().length() < 400, first.message());
  }

  @Test
  void reportsAllErrorsAtOnce() {
    Parsed parsed =
        Template.parse("https://u@t.example/a/../{reff_id}?s={subid}&t={sum|uper}", Kind.URL);

    assertEquals(
        List.of("unknown_macro", "ambiguous_macro", "unknown_filter", "user_info", "dot_segment"),
        parsed.errors().stream().map(Finding::code).toList());
  }

  @Test
  void namesTheSuggestionInTheMessage() {
    Finding error = Template.parse("https://t.example/{Ref-ID}", Kind.URL).errors().getFirst();

    assertEquals("There is no macro {Ref-ID}; did you mean {ref_id}?", error.message());
  }

  @Test
  void countsCodePoints() {
    String prefix = "https://t.example/{ref_id}";
    String longest = prefix + "😀".repeat(2048 - prefix.length());

    assertEquals(List.of(), Template.parse(longest, Kind.URL).errors());
    assertEquals("too_long", Template.parse(longest + "x", Kind.URL).errors().getFirst().code());
  }

  @Test
  void acceptsABodyOf16KiB() {
    assertEquals(List.of(), Template.parse("ü".repeat(8192), Kind.FORM).errors());
  }
}

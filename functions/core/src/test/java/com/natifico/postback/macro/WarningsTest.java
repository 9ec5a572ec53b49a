package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

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
import org.junit.jupiter.params.provider.ValueSource;

class WarningsTest {
  static Stream<Arguments> foreign() {
    return Stream.of(
        Arguments.of("https://t.example/?r={ref_id}&c=[CLICKID]", "ref_id", "%5BCLICKID%5D"),
        Arguments.of("https://t.example/?r={ref_id}&c=[[payout]]", "sum", "[[payout]]"),
        Arguments.of("https://t.example/?r={ref_id}&c=#s1#", "sub1", "%23s1%23"),
        Arguments.of(
            "https://t.example/?r={ref_id}&c=##SUB_ID_SHORT(action)##",
            null,
            "%23%23SUB_ID_SHORT(action)%23%23"),
        Arguments.of("https://t.example/?r={ref_id}&c=<cid>", "ref_id", "%3Ccid%3E"),
        Arguments.of("https://t.example/?r={ref_id}&c=%3Ccid%3E", "ref_id", "%3Ccid%3E"),
        Arguments.of("https://t.example/?r={ref_id}&c=%5BCLICKID%5D", "ref_id", "%5BCLICKID%5D"),
        Arguments.of("https://t.example/?r={ref_id}&c=%7Bxyzzy%7D", null, "%7Bxyzzy%7D"),
        Arguments.of("https://t.example/?r={ref_id}&c=x[s1]y", "sub1", "x[s1]y"),
        Arguments.of("https://t.example/?r={ref_id}&c=%25payout%25", "sum", "%25payout%25"),
        Arguments.of("https://t.example/?r={ref_id}&c=%257Bsum%257D", "sum", "%257Bsum%257D"),
        Arguments.of(
            "https://t.example/?r={ref_id}&c=%2524%257Bsum%257D", "sum", "%2524%257Bsum%257D"),
        Arguments.of("https://t.example/?r={ref_id}&c=%255Bgeo%255D", "geo", "%255Bgeo%255D"),
        Arguments.of("https://t.example/?r={ref_id}&c=%2523s2%2523", "sub2", "%2523s2%2523"));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void warnsOfAForeignMacroAndSendsIt(String source, @Nullable String suggestion, String sent) {
    Parsed parsed = Template.parse(source, Kind.URL);

    assertEquals(List.of("foreign_macro"), codes(parsed.warnings()));
    assertEquals(suggestion, parsed.warnings().getFirst().suggestion());
    Template template = parsed.template();
    assertNotNull(template);
    String expanded = template.expand(Values.of("ref_id", "1"));
    assertEquals(
        "https://t.example/?r=1&c=" + sent.replace("%5BCLICKID%5D", clickId(source)), expanded);
  }

  private static String clickId(String source) {
    return source.endsWith("[CLICKID]") ? "[CLICKID]" : "%5BCLICKID%5D";
  }

  @Test
  void warnsOfAForeignMacroInAPath() {
    assertEquals(
        List.of("foreign_macro"),
        codes(warnings("https://t.example/[clickid]/{ref_id}", Kind.URL)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://t.example/?items[sku]={sub1}&r={ref_id}",
        "https://t.example/?items[sku][name]={sub1}&r={ref_id}",
        "https://t.example/?items%5Bsku%5D={sub1}&r={ref_id}",
        "https://t.example/?i=[0]&j=[{sub1}]&r={ref_id}",
        "https://t.example/?i=[]&j=a<b&r={ref_id}",
        "https://t.example/{aff_click_id}",
        "https://t.example/%D0%B0%D0%B1?r={ref_id}",
        "https://t.example/?a=%20date%20b&r={ref_id}",
        "https://t.example/?a=%25off%25&r={ref_id}",
        "https://t.example/?r={CLICK_ID|default:none}"
      })
  void acceptsOrdinaryUrls(String source) {
    assertEquals(List.of(), warnings(source, Kind.URL));
  }

  @Test
  void warnsOfPlainHttp() {
    assertEquals(List.of("plain_http"), codes(warnings("http://t.example/{ref_id}", Kind.URL)));
  }

  @Test
  void warnsOfAMissingClickId() {
    List<Finding> warnings = warnings("https://t.example/?s={sum}", Kind.URL);

    assertEquals(List.of("no_ref_id"), codes(warnings));
    assertEquals("ref_id", warnings.getFirst().suggestion());
  }

  @Test
  void acceptsAClickIdInTheBody() {
    Parsed url = Template.parse("https://t.example/", Kind.URL);
    Parsed body = Template.parse("{\"c\": \"{clickid}\"}", Kind.JSON);

    assertEquals(List.of(), Template.warnings(url, body));
    assertEquals(List.of("no_ref_id"), codes(Template.warnings(url, null)));
    assertEquals(
        List.of("no_ref_id", "foreign_macro"),
        codes(Template.warnings(url, Template.parse("c=<cid>", Kind.FORM))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"c\": \"[CLICKID]\"}",
        "{\"c\": \"#s1#\"}",
        "{\"c\": \"<cid>\"}",
        "{\"c\": \"{{ref_id}}\"}",
        "{\"c\": \"${ref_id}\"}",
        "{\"c\": \"{ ref_id }\"}",
        "{\"c\": \"{date:Y-m-d}\"}",
        "{\"c\": \"%CLICK_ID%\"}"
      })
  void warnsOfAForeignMacroInJson(String source) {
    assertEquals(List.of("foreign_macro"), codes(warnings(source, Kind.JSON)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"c\": [\"a\", {\"b\": {sum}}]}",
        "{\"c\": \"<b>bold</b> {sum} [x]\"}",
        "{\"c\": \"{}\", \"d\": \"{ }\", \"e\": \"{a b}\"}",
        "[[\"x\"]]"
      })
  void acceptsOrdinaryJson(String source) {
    assertEquals(List.of(), warnings(source, Kind.JSON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"c=[CLICKID]", "c=#s1#", "c=<cid>", "c={{ref_id}}", "c=${ref_id}", "c=#{ref_id}"})
  void warnsOfAForeignMacroInAForm(String source) {
    assertEquals(List.of("foreign_macro"), codes(warnings(source, Kind.FORM)));
  }

  @Test
  void findsErrorsAfterAnyNumberOfWarnings() {
    StringBuilder warned = new StringBuilder("a={ ref_id }");
    for (int i = 0; i < 100; i++) {
      warned.append("&c=<x").append(i).append(">&d={ sub").append(i % 30 + 1).append(" }");
    }

    assertEquals(20, warnings(warned.toString(), Kind.FORM).size());
    for (String wrong : List.of("{xyzzy}", "100%", "%7Bref_id%7D", "{ref_id|upper")) {
      assertFalse(Template.parse(warned + "&e=" + wrong, Kind.FORM).errors().isEmpty(), wrong);
    }
  }

  @Test
  void readsMacrosAfterAnyNumberOfWarnings() {
    String warned = "<cid>".repeat(100);

    assertEquals(
        "https://t.example/?a=" + "%3Ccid%3E".repeat(100) + "&b=1",
        Template.of("https://t.example/?a=" + warned + "&b={ref_id}", Kind.URL)
            .expand(Values.of("ref_id", "1")));
  }

  private static List<Finding> warnings(String source, Kind kind) {
    Parsed parsed = Template.parse(source, kind);
    assertEquals(List.of(), parsed.errors());
    return parsed.warnings();
  }

  private static List<String> codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).toList();
  }
}

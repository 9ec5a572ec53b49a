package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.macro.Template.Correction;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Template.Parsed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people paste, and what they get when they follow the suggestion. */
class ReviewTest {
  private static final String GOOD = "https://t.example.com/p?c={ref_id}";

  /** The pasted text, the code of the finding, and the text after its suggestion was followed. */
  static Stream<Arguments> pasted() {
    return Stream.of(
        // HTML
        row(GOOD + "&amp;payout={sum}", "html_entity", GOOD + "&payout={sum}"),
        row(GOOD + "&amp;amp;payout={sum}", "html_entity", GOOD + "&payout={sum}"),
        row(GOOD + "&#38;payout={sum}", "html_entity", GOOD + "&payout={sum}"),
        row(GOOD + "&#x26;payout={sum}", "html_entity", GOOD + "&payout={sum}"),
        row(GOOD + "&amp;p={sum}&amp;g={goal}", "html_entity", GOOD + "&p={sum}&g={goal}"),
        row(GOOD + "&q=a&nbsp;b", "html_entity", GOOD + "&q=a b"),
        row("https://t.example.com/p?c=&#123;ref_id&#125;", "html_entity", GOOD),
        row("https://t.example.com/p?c=&lcub;ref_id&rcub;", "html_entity", GOOD),
        row("<img src=\"" + GOOD + "\">", "html_tag", GOOD),
        row("<img src='" + GOOD + "&amp;s={sum}' width=1 />", "html_tag", GOOD + "&s={sum}"),
        row("<IMG height=\"1\" SRC=" + GOOD + ">", "html_tag", GOOD),
        row("<script src=\"" + GOOD + "\"></script>", "html_tag", GOOD),
        row("<iframe src=\u201C" + GOOD + "\u201D></iframe>", "html_tag", GOOD),
        row("<a href=\"" + GOOD + "\">postback</a>", "html_tag", GOOD),
        row("\uFEFF<img src=\"" + GOOD + "\">", "html_tag", GOOD),
        // Invisible characters
        row(GOOD + "\u200B", "invisible_character", GOOD),
        row("\uFEFF" + GOOD, "invisible_character", GOOD),
        row("https://t.example.com/p?c={ref\u00AD_id}", "invisible_character", GOOD),
        row("https://t.exa\u00ADmple.com/p?c={ref_id}", "invisible_character", GOOD),
        row("https://t.example.com/p\u2060?c={ref_id}", "invisible_character", GOOD),
        row("https://t.example.com/p?c=\uFE0F{ref_id}", "invisible_character", GOOD),
        // Quotes and other text around
        row("https://t.example.com/p?c=\u201C{ref_id}\u201D", "typographic_quotes", GOOD),
        row(
            "https://t.example.com/p?c=\u2018{ref_id|lower}\u2019",
            "typographic_quotes",
            "https://t.example.com/p?c={ref_id|lower}"),
        row("\u201C" + GOOD + "\u201D", "invalid_scheme", GOOD),
        row("\"" + GOOD + "\"", "invalid_scheme", GOOD),
        row("<" + GOOD + ">", "invalid_scheme", GOOD),
        row("Postback URL: " + GOOD, "invalid_scheme", GOOD),
        row(" " + GOOD, "blank", GOOD),
        // Other systems' macros
        row("https://t.example.com/p?c=#{click_id}", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=${clickid}", "foreign_macro", GOOD),
        row("https://t.example.com/p?c={{click_id|upper}}", "foreign_macro", upper()),
        row("https://t.example.com/p?c={{click_id|urlencode}}", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=[[CLICKID]]", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=%CLICK_ID%", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=%25CLICK_ID%25", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=%7Bref_id%7D", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=%257Bref_id%257D", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=%24%7Bclickid%7D", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=%5B%5Bsubid%5D%5D", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=__CLICKID__", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=$clickid$", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=*|CLICKID|*", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=[%clickid%]", "foreign_macro", GOOD),
        row("https://t.example.com/p?c=:click_id", "foreign_macro", GOOD),
        row("https://t.example.com/p?c={affiliate_click_id}", "unknown_macro", GOOD),
        row("https://t.example.com/p?c={Ref-ID|upper}", "unknown_macro", upper()),
        row("https://t.example.com/p?c={subid|upper}", "ambiguous_macro", upper()),
        row("https://t.example.com/p?c={ref_id| upper }", "blank_in_braces", upper()),
        row("https://t.example.com/p?c={ref_id|uper}", "unknown_filter", upper()),
        row(
            GOOD + "&s={status:lead=0 sale=1}",
            "foreign_macro",
            GOOD + "&s={status_text|map:pending=0,hold=0,approved=1}"),
        row(GOOD + "&d={date:Y-m-d|upper}", "foreign_macro", dated()),
        // Characters
        row(GOOD + "&q=100%&r=5%", "invalid_percent", GOOD + "&q=100%25&r=5%25"),
        row(GOOD + "&q=a#b&r=c#", "fragment", GOOD + "&q=a%23b&r=c%23"),
        row(
            "https://m\u00FCnchen.example/?u=m\u00FCnchen.example&c={ref_id}",
            "invalid_host",
            "https://xn--mnchen-3ya.example/?u=m\u00FCnchen.example&c={ref_id}"),
        row("t.example.com/p?c={ref_id}", "invalid_scheme", GOOD));
  }

  private static String upper() {
    return "https://t.example.com/p?c={ref_id|upper}";
  }

  private static String dated() {
    return GOOD + "&d={date|format:yyyy-MM-dd|upper}";
  }

  private static Arguments row(String source, String code, String followed) {
    return Arguments.of(source, code, followed);
  }

  @ParameterizedTest
  @MethodSource("pasted")
  void suggestsWhatWasMeant(String source, String code, String followed) {
    Finding finding = find(source, Kind.URL, code);

    assertNotNull(finding.suggestion());
    Correction correction = finding.correction();
    assertNotNull(correction, finding.toString());
    assertEquals(followed, correction.apply(source));
    assertEquals(List.of(), Template.review(followed, Kind.URL).errors());
    assertEquals(List.of(), Template.review(followed, Kind.URL).warnings());
  }

  @Test
  void namesTheCharacterThatAnEntityMeans() {
    assertEquals("&", find(GOOD + "&amp;p={sum}", Kind.URL, "html_entity").suggestion());
  }

  @Test
  void sendsAWarnedTextUnchanged() {
    Template template = Template.parse(GOOD + "&amp;q=&#38;", Kind.URL).template();

    assertNotNull(template);
    assertEquals(
        "https://t.example.com/p?c=1&amp;q=&%2338;", template.expand(Values.of("ref_id", "1")));
  }

  /** Every code point that has the property Default_Ignorable_Code_Point. */
  @Test
  void warnsOfEveryInvisibleCharacter() {
    int[] samples = {
      0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F,
      0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202E, 0x2060, 0x2064, 0x2065, 0x206F,
      0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF8, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A,
      0xE0000, 0xE0001, 0xE007F, 0xE0100, 0xE01EF, 0xE0FFF
    };
    for (int c : samples) {
      String source = GOOD + Character.toString(c);
      Finding finding = find(source, Kind.URL, "invisible_character");
      assertEquals(GOOD, finding.suggestion(), Integer.toHexString(c));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOOD + "&copy=1&lt=2",
        GOOD + "&q=&unknown;",
        GOOD + "&emoji=\u2764\uFE0F",
        GOOD + "&q=\u201Ctext\u201D",
        GOOD + "&q=(sale)",
        GOOD + "&q=-date",
        GOOD + "&q=date",
      })
  void acceptsOrdinaryText(String source) {
    Parsed parsed = Template.review(source, Kind.URL);

    assertEquals(List.of(), parsed.errors());
    assertEquals(List.of(), parsed.warnings());
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of(
            Kind.JSON,
            "{\u201Cc\u201D: \u201C{ref_id}\u201D}",
            "typographic_quotes",
            "{\"c\": \"{ref_id}\"}"),
        Arguments.of(
            Kind.JSON,
            "{\"c\": \"\u201C{ref_id}\u201D\"}",
            "typographic_quotes",
            "{\"c\": \"{ref_id}\"}"),
        Arguments.of(
            Kind.JSON,
            "{&quot;c&quot;: &quot;{ref_id}&quot;}",
            "html_entity",
            "{\"c\": \"{ref_id}\"}"),
        Arguments.of(Kind.JSON, "{\"c\": \u200B1}", "invisible_character", "{\"c\": 1}"),
        Arguments.of(
            Kind.JSON,
            "{\"d\": \"{date:Y-m-d}\"}",
            "foreign_macro",
            "{\"d\": \"{date|format:yyyy-MM-dd}\"}"),
        Arguments.of(
            Kind.JSON, "{\"d\": \"%CLICK_ID%\"}", "foreign_macro", "{\"d\": \"{ref_id}\"}"),
        Arguments.of(
            Kind.JSON,
            "{\"d\": \"{{payout|scale:2}}\"}",
            "foreign_macro",
            "{\"d\": \"{payout|scale:2}\"}"),
        Arguments.of(Kind.FORM, "c={ref_id}&amp;s={sum}", "html_entity", "c={ref_id}&s={sum}"),
        Arguments.of(Kind.FORM, "c=${ref_id}", "foreign_macro", "c={ref_id}"),
        Arguments.of(Kind.FORM, "c=#{ref_id}", "foreign_macro", "c={ref_id}"),
        Arguments.of(Kind.FORM, "c={ ref_id }", "foreign_macro", "c={ref_id}"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void suggestsWhatWasMeantInABody(Kind kind, String source, String code, String followed) {
    Correction correction = find(source, kind, code).correction();

    assertNotNull(correction);
    assertEquals(followed, correction.apply(source));
    assertEquals(List.of(), Template.review(followed, kind).errors());
    assertEquals(List.of(), Template.review(followed, kind).warnings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\": \"Offer \u201C{offer_name}\u201D: {sum} \u26A0\uFE0F\"}",
        "{\"text\": \"<b>{goal}</b> &amp; more\"}",
        "{\"text\": \"\u201Cx\u201D\", \"sum\": {sum}}",
        "{\"text\": \"100 % of {sum}\"}"
      })
  void acceptsAMessageToPeople(String body) {
    Parsed parsed = Template.review(body, Kind.JSON);

    assertEquals(List.of(), parsed.errors());
    assertEquals(List.of(), parsed.warnings());
  }

  /** The pieces of URLs as they are pasted, right and wrong. */
  private static final String[] PIECES = {
    "{ref_id}",
    "{clickid|upper}",
    "{sum}",
    "{Ref-ID}",
    "{subid}",
    "{affiliate_click_id}",
    "{points}",
    "{click_ip}",
    "{ttclid}",
    "{xyzzy}",
    "{ref_id |lower}",
    "{sum|scal:2}",
    "{date|format:yyyy,UTCC}",
    "{status:lead=0 sale=1}",
    "{status:x=1}",
    "{date:Y-m-d}",
    "{date:N}",
    "#{click_id}",
    "${SUBID}",
    "{{payout}}",
    "{{a|b}}",
    "[CLICKID]",
    "[[subid]]",
    "<cid>",
    "#s1#",
    "%CAMPAIGN_ID%",
    "%xyzzy%",
    "%25goal%25",
    "%7Bref_id%7D",
    "%257Bsum%257D",
    "%24%7Bclickid%7D",
    "%5Bclickid%5D",
    "__CLICKID__",
    "$clickid$",
    ":click_id",
    "&amp;",
    "&#38;",
    "&lt;",
    "&#123;",
    "\u200B",
    "\u00AD",
    "\uFE0F",
    "\u201C",
    "\u201D",
    "\u2019",
    "100%",
    "%41",
    "#",
    "&",
    "=",
    "?",
    "/",
    "a",
    "p=",
    "&c=",
    " ",
    "\"",
    "}",
    "{"
  };

  @Provide
  Arbitrary<String> urls() {
    Arbitrary<String> starts =
        Arbitraries.of(
            "https://t.example.com/p?c=",
            "https://t.example.com/",
            "http://t.example.com?c=",
            "<img src=\"https://t.example.com/?c=",
            "\uFEFFhttps://t.example.com/?c=",
            "\u201Chttps://t.example.com/?c=",
            "t.example.com/?c=",
            "https://m\u00FCnchen.example/?c=");
    return starts.flatMap(
        start ->
            Arbitraries.of(PIECES)
                .list()
                .ofMaxSize(8)
                .map(pieces -> start + String.join("", pieces)));
  }

  /** A followed suggestion leaves no error or warning of its kind, and adds no error. */
  @Property(tries = 500)
  void aFollowedSuggestionHelps(@ForAll("urls") String source) {
    Parsed parsed = Template.review(source, Kind.URL);
    List<Finding> findings = new ArrayList<>(parsed.errors());
    findings.addAll(parsed.warnings());
    for (Finding finding : findings) {
      Correction correction = finding.correction();
      if (correction == null) {
        continue;
      }
      String followed = correction.apply(source);
      Parsed after = Template.review(followed, Kind.URL);
      List<Finding> left = new ArrayList<>(after.errors());
      left.addAll(after.warnings());
      assertTrue(left.stream().noneMatch(finding::isSameProblem), () -> source + " " + finding);
      assertTrue(after.errors().size() <= parsed.errors().size(), () -> source + " " + finding);
      if (parsed.errors().isEmpty() || parsed.errors().equals(List.of(finding))) {
        assertEquals(List.of(), after.errors(), () -> source + " " + finding);
      }
    }
  }

  /** A suggested macro has the value that the pasted one has at the other system. */
  @Property(tries = 300)
  void aSuggestedMacroIsSentInThePlaceOfThePastedOne(
      @ForAll("clickIds") String written, @ForAll("values") String value) {
    String source = "https://t.example.com/p?x=1&c=" + written + "&y=2";

    Template template = Template.parse(followed(source), Kind.URL).template();

    assertNotNull(template);
    assertFalse(template.macros().isEmpty());
    assertEquals(
        Template.of("https://t.example.com/p?x=1&c={ref_id}&y=2", Kind.URL)
            .expand(Values.of("ref_id", value)),
        template.expand(new OnlyRefId(value)));
  }

  /** The text after every suggestion was followed. */
  private static String followed(String source) {
    String text = source;
    for (int i = 0; i < 5; i++) {
      Parsed parsed = Template.review(text, Kind.URL);
      List<Finding> findings = new ArrayList<>(parsed.errors());
      findings.addAll(parsed.warnings());
      Correction correction =
          findings.stream()
              .map(Finding::correction)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      if (correction == null) {
        assertTrue(i > 0, source);
        return text;
      }
      text = correction.apply(text);
    }
    throw new AssertionError(source + " leads to " + text);
  }

  @Provide
  Arbitrary<String> clickIds() {
    Arbitrary<String> names =
        Arbitraries.of("clickid", "CLICK_ID", "aff_click_id", "affiliate_click_id", "ref_id");
    Arbitrary<String> spellings =
        Arbitraries.of(
            "#{@}",
            "${@}",
            "{{@}}",
            "{{{@}}}",
            "[@]",
            "[[@]]",
            "<@>",
            "#@#",
            "##@##",
            "%@%",
            "%%@%%",
            "%25@%25",
            "%7B@%7D",
            "%7b%7b@%7d%7d",
            "%257B@%257D",
            "%24%7B@%7D",
            "%23%7B@%7D",
            "$%7B@%7D",
            "%5B@%5D",
            "%255B@%255D",
            "%3C@%3E",
            "%23@%23",
            "__@__",
            "$@$",
            ":@",
            "{ @ }",
            "{@\u200B}",
            "&#123;@&#125;",
            "\u201C{@}\u201D",
            "{!@!}",
            "*|@|*",
            "[%@%]",
            "~@~",
            "(@)");
    return names.flatMap(name -> spellings.map(spelling -> spelling.replace("@", name)));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(12);
  }

  private record OnlyRefId(String value) implements MacroValues {
    @Override
    public @Nullable String text(Macro macro) {
      return macro.name().equals("ref_id") ? value : null;
    }

    @Override
    public @Nullable Instant instant(Macro macro) {
      return null;
    }
  }

  private static Finding find(String source, Kind kind, String code) {
    Parsed parsed = Template.review(source, kind);
    List<Finding> findings = parsed.template() == null ? parsed.errors() : parsed.warnings();
    Finding first =
        findings.stream().filter(each -> each.code().equals(code)).findFirst().orElse(null);
    assertNotNull(first, parsed.toString());
    return first;
  }
}

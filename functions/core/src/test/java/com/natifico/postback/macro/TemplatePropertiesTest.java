package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Template.Parsed;
import com.natifico.postback.url.HttpUrl;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class TemplatePropertiesTest {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Fragments that templates consist of, and fragments that are invalid. */
  private static final String[] FRAGMENTS = {
    "{",
    "}",
    "{{",
    "}}",
    "|",
    ":",
    ",",
    "=",
    "&",
    "?",
    "/",
    "#",
    "%",
    "%7B",
    "%7D",
    "%41",
    "@",
    "\\",
    "[",
    "]",
    "<",
    ">",
    "\"",
    "'",
    ".",
    "..",
    " ",
    "\n",
    "\u0000",
    "$",
    "~",
    "ü",
    "😀",
    "\uD800",
    "https://",
    "http://",
    "t.example",
    "127.0.0.1",
    "[::1]",
    ":80",
    "ref_id",
    "Ref-ID",
    "sum",
    "date",
    "subid",
    "default",
    "raw",
    "map",
    "format",
    "yyyy",
    "EEE",
    "UTC",
    "upper",
    "sha256",
    "multiply",
    "scale",
    "-1",
    "0.5",
    "999",
    "true",
    "null",
    "\\u00",
    "\\\"",
    "{ref_id}",
    "{sum|multiply:2}",
    "{sub1|raw}",
    "{sub1|raw|default:../..}",
    "{date|format:yyyy-MM-dd'T'HH:mm}",
  };

  private static final String[] MACROS = {
    "{ref_id}", "{sub1|raw}", "{SUM}", "{sum|multiply:0.5|scale:2}",
        "{status_text|map:approved=a/b}",
    "{sub2|default:..}", "{sub3|raw|default:?#%&}", "{ref_id|sha256}", "{city|upper}",
        "{geo|lower}",
    "{date|format:yyyy-MM-dd HH:mm,Europe/Berlin}", "{click_date}",
  };

  private static final String[] URL_TEXT = {
    "a", "b.c", ".", "..", "...", "/", "//", "?", "&", "=", "%41", "%2e", "ü", " ", "[", "]", "|",
    "<", "#s1#", "+", "~", ";", ":", "@", "%F0%9F",
  };

  private static final String[] JSON_TEXT = {
    "a", "\\n", "\\\\", "\\\"", "\\u00fc", "{", "}", "{}", ":", ",", "[", "😀", " ", "/", "%",
  };

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.of(FRAGMENTS).list().ofMaxSize(30).map(TemplatePropertiesTest::join);
  }

  @Provide
  Arbitrary<String> urls() {
    Arbitrary<String> pieces = Arbitraries.oneOf(Arbitraries.of(MACROS), Arbitraries.of(URL_TEXT));
    Arbitrary<String> starts =
        Arbitraries.of(
            "https://t.example/",
            "http://t.example:8080?",
            "https://[2001:db8::1]:1/x/",
            "HTTPS://T.example/?q=");
    return starts.flatMap(start -> pieces.list().ofMaxSize(12).map(list -> start + join(list)));
  }

  @Provide
  Arbitrary<String> jsons() {
    Arbitrary<String> inside = Arbitraries.oneOf(Arbitraries.of(MACROS), Arbitraries.of(JSON_TEXT));
    Arbitrary<String> strings = inside.list().ofMaxSize(6).map(list -> "\"" + join(list) + "\"");
    Arbitrary<String> values =
        Arbitraries.oneOf(strings, Arbitraries.of(MACROS), Arbitraries.of("1", "null", "[]", "{}"));
    return values.list().ofMaxSize(6).map(list -> "{\"v\": [" + String.join(", ", list) + "]}");
  }

  /** Any chars, including unpaired surrogates and characters with a meaning in some format. */
  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> wild = Arbitraries.strings().all().ofMaxLength(20);
    Arbitrary<String> telling =
        Arbitraries.of(
                "",
                ".",
                "..",
                "/",
                "../",
                "?",
                "#",
                "&",
                "=",
                "%",
                "%41",
                "%4",
                "@evil.example",
                "\\",
                "\r\n",
                "\u0000",
                "\"",
                "\\u12",
                "\\n",
                "{ref_id}",
                "12.50",
                "-007",
                "1e9",
                "😀",
                "\uD83D",
                "\uDE00",
                "é",
                "ſ",
                "İ")
            .list()
            .ofMaxSize(4)
            .map(TemplatePropertiesTest::join);
    return Arbitraries.oneOf(wild, telling);
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
        .map(Instant::ofEpochSecond);
  }

  @Property(tries = 5_000)
  void neitherParsingNorExpandingThrows(
      @ForAll("anything") String source,
      @ForAll Kind kind,
      @ForAll("values") String value,
      @ForAll("instants") Instant instant) {
    Parsed parsed = Template.parse(source, kind);

    Template template = parsed.template();
    assertEquals(template == null, !parsed.errors().isEmpty());
    if (template != null) {
      assertEquals(source, template.source());
      assertNotNull(template.expand(new Same(value, instant)));
      assertNotNull(template.expand(Values.NONE));
    }
  }

  @Property(tries = 2_000)
  void parsingAcceptsAnyText(@ForAll String source, @ForAll Kind kind) {
    Parsed parsed = Template.parse(source, kind);

    assertEquals(parsed.template() == null, !parsed.errors().isEmpty());
  }

  @Property
  void suggestingAcceptsAnyText(@ForAll String text) {
    String suggestion = Misnomers.suggest(text);

    assertTrue(suggestion == null || Macros.find(suggestion) != null);
  }

  @Property(tries = 2_000)
  void aValueInAUrlDecodesToItself(@ForAll("values") String value) {
    Template template = Template.of("https://t.example/a/{sub1}?q={sub1}&r={ref_id}", Kind.URL);

    URI uri = URI.create(template.expand(Values.of("sub1", value).with("ref_id", value)));

    String expected = wellFormed(value);
    assertEquals(expected, decoded(uri.getRawPath().substring("/a/".length())));
    String[] query = uri.getRawQuery().split("[&=]", -1);
    assertEquals(List.of("q", "r"), List.of(query[0], query[2]));
    assertEquals(expected, decoded(query[1]));
    assertEquals(expected, decoded(query[3]));
  }

  @Property(tries = 5_000)
  void schemeHostAndPortOfAUrlAreThoseOfTheTemplate(
      @ForAll("urls") String source,
      @ForAll("values") String value,
      @ForAll("instants") Instant instant) {
    Template template = Template.parse(source, Kind.URL).template();
    Assume.that(template != null);
    assertNotNull(template);

    String url = template.expand(new Same(value, instant));

    URI uri = URI.create(url);
    HttpUrl there = HttpUrl.of(url);
    assertEquals(template.url().endpoint(), there.endpoint());
    assertEquals(there.written().scheme(), uri.getScheme());
    assertEquals(there.written().authority(), uri.getRawAuthority().toLowerCase(Locale.ROOT));
    assertNull(uri.getRawUserInfo());
    assertNull(uri.getRawFragment());
    assertTrue(url.chars().allMatch(c -> c > ' ' && c < 127), url);
    assertTrue(
        Arrays.stream(uri.getRawPath().split("/", -1))
            .noneMatch(segment -> segment.equals(".") || segment.equals("..")),
        url);
  }

  @Property(tries = 5_000)
  void aJsonBodyStaysJson(
      @ForAll("jsons") String source,
      @ForAll("values") String value,
      @ForAll("instants") Instant instant)
      throws Exception {
    Template template = Template.parse(source, Kind.JSON).template();
    Assume.that(template != null);
    assertNotNull(template);

    JsonNode ours = JSON.readTree(template.expand(new Same(value, instant)));
    JsonNode empty = JSON.readTree(template.expand(Values.NONE));

    assertEquals(empty.get("v").size(), ours.get("v").size());
  }

  @Property(tries = 2_000)
  void aValueInJsonParsesToItself(@ForAll("values") String value) throws Exception {
    Template template = Template.of("{\"in\": \"<{sub1}>\", \"out\": {sub1}}", Kind.JSON);

    JsonNode read = JSON.readTree(template.expand(Values.of("sub1", value)));

    String expected = wellFormed(value);
    assertEquals("<" + expected + ">", read.get("in").textValue());
    assertEquals(expected.isEmpty() ? null : expected, read.get("out").textValue());
  }

  @Property(tries = 2_000)
  void aValueInAFormDecodesToItself(@ForAll("values") String value) {
    Template template = Template.of("a={sub1}&b={sub1}", Kind.FORM);

    String[] fields = template.expand(Values.of("sub1", value)).split("[&=]", -1);

    assertEquals(4, fields.length);
    assertEquals(wellFormed(value), decoded(fields[1]));
    assertEquals(wellFormed(value), decoded(fields[3]));
  }

  @Property
  void decimalsAreExact(
      @ForAll("decimals") BigDecimal value, @ForAll("decimals") BigDecimal factor) {
    Template template =
        Template.of("{sum}&{sum|multiply:" + factor.toPlainString() + "}&{sum|scale:2}", Kind.FORM);

    String[] texts = template.expand(Values.of("sum", value.toPlainString())).split("&", -1);

    assertEquals(value.toPlainString(), texts[0]);
    assertEquals(0, value.multiply(factor).compareTo(new BigDecimal(texts[1])));
    assertTrue(!texts[1].contains(".") || !texts[1].endsWith("0"), texts[1]);
    assertEquals(value.setScale(2, RoundingMode.HALF_UP).toPlainString(), texts[2]);
  }

  @Property
  void aNumberStaysTheSameNumberOutsideOfQuotes(@ForAll("decimals") BigDecimal value)
      throws Exception {
    Template template = Template.of("[{sum}]", Kind.JSON);

    String body = template.expand(Values.of("sum", value.toPlainString()));

    assertEquals("[" + value.toPlainString() + "]", body);
    assertEquals(0, value.compareTo(JSON.readTree(body).get(0).decimalValue()));
  }

  @Provide
  Arbitrary<BigDecimal> decimals() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("-999999999999999999"), new BigDecimal("999999999999999999"))
        .ofScale(8);
  }

  /** The same text with unpaired surrogates replaced. */
  private static String wellFormed(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Decodes strictly: the bytes must be UTF-8. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String join(List<String> fragments) {
    return String.join("", fragments);
  }

  /** The same for every macro. */
  private record Same(String value, Instant at) implements MacroValues {
    @Override
    public String text(Macro macro) {
      return value;
    }

    @Override
    public @Nullable Instant instant(Macro macro) {
      return macro.hasInstant() ? at : null;
    }
  }
}

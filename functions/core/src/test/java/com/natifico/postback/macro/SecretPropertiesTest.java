package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.natifico.postback.macro.SecretPlaceholder.Place;
import com.natifico.postback.macro.Template.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A value of a conversion that looks like a placeholder, or like a part of one, stays text. */
class SecretPropertiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLACEHOLDER = "{secret.token}";

  /** Neither a template nor a value contains it. */
  private static final String SECRET = "M4RK";

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of(
            PLACEHOLDER,
            "{",
            "}",
            "secret",
            ".",
            "secret.",
            "token",
            "{secret.",
            "token}",
            "%7B",
            "%7bsecret.token%7d",
            "\\u007b",
            "\\",
            "\"",
            "{{",
            "ü",
            "\ud83d\ude00",
            "")
        .list()
        .ofMaxSize(4)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> templates() {
    return Arbitraries.of(
            PLACEHOLDER,
            "{sub1}",
            "{sub2}",
            "{sub1|raw}",
            "{sub2|raw}",
            "{sub3|default:{}",
            "{",
            "}",
            "secret.",
            "token",
            "{secret.",
            "token}",
            "%7B",
            "-")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces));
  }

  /** In a URL every brace belongs to a macro. */
  @Provide
  Arbitrary<String> inUrls() {
    return Arbitraries.of(
            PLACEHOLDER,
            "{sub1}",
            "{sub2}",
            "{sub1|raw}",
            "{sub2|raw}",
            "secret.",
            "token",
            "%7B",
            "%7D",
            "-")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces));
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  private static String sent(Template template, Place place, String first, String second) {
    Values values = new Values(Map.of("sub1", first, "sub2", second, "sub3", first), Map.of());
    return place.expand(template.expand(values), Set.of("token"), _ -> SECRET);
  }

  private static Template template(Kind kind, String before, String source, String after) {
    Template template = Template.parse(before + source + after, kind).template();
    Assume.that(template != null);
    return template == null ? Template.of("", Kind.FORM) : template;
  }

  @Property
  void staysTextInUrls(
      @ForAll("inUrls") String source,
      @ForAll("values") String first,
      @ForAll("values") String second) {
    Template template = template(Kind.URL, "https://t.example/p?k={secret.token}&x=", source, "");
    assertEquals(
        count(template.source(), PLACEHOLDER),
        count(sent(template, Place.URL, first, second), SECRET));
  }

  @Property
  void staysTextInPaths(
      @ForAll("inUrls") String source,
      @ForAll("values") String first,
      @ForAll("values") String second) {
    Template template = template(Kind.URL, "https://t.example/{secret.token}/", source, "");
    assertEquals(
        count(template.source(), PLACEHOLDER),
        count(sent(template, Place.URL, first, second), SECRET));
  }

  @Property
  void staysTextInForms(
      @ForAll("templates") String source,
      @ForAll("values") String first,
      @ForAll("values") String second) {
    Template template = template(Kind.FORM, "{secret.token}", source, "");
    assertEquals(
        count(template.source(), PLACEHOLDER),
        count(sent(template, Place.FORM, first, second), SECRET));
  }

  @Property
  void staysTextInJson(
      @ForAll("templates") String source,
      @ForAll("values") String first,
      @ForAll("values") String second)
      throws Exception {
    Template template = template(Kind.JSON, "[\"{secret.token}", source, "\", {sub1}, {sub2|raw}]");
    String sent = sent(template, Place.JSON, first, second);
    assertEquals(count(template.source(), PLACEHOLDER), count(sent, SECRET));
    // The reader of the body gets the value as it was pushed.
    assertEquals(first.isEmpty() ? null : first, JSON.readTree(sent).get(1).textValue());
  }

  @Property
  void arrivesAsItWasPushed(@ForAll("values") String value) throws Exception {
    Template template = template(Kind.JSON, "", "{\"{secret.token}\": \"{sub1}{sub2}\"}", "");
    assertEquals(
        List.of(value + value),
        JSON.readValue(sent(template, Place.JSON, value, value), Map.class).values().stream()
            .toList());
  }
}

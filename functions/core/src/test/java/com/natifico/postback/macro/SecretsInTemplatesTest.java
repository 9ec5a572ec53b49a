package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.macro.SecretPlaceholder.Place;
import com.natifico.postback.macro.Template.Correction;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Placeholders of secrets remain when a template is expanded, and are replaced later. */
final class SecretsInTemplatesTest {
  private static final MacroValues VALUES = Values.of("ref_id", "r{1}");

  private static String expanded(Kind kind, String source) {
    return Template.of(source, kind).expand(VALUES);
  }

  private static String sent(Kind kind, String source, String secret) {
    Template template = Template.of(source, kind);
    Place place =
        switch (kind) {
          case URL -> Place.URL;
          case FORM -> Place.FORM;
          case JSON -> Place.JSON;
        };
    return place.expand(template.expand(VALUES), template.secrets(), _ -> secret);
  }

  private static Finding error(Kind kind, String source) {
    List<Finding> errors = Template.parse(source, kind).errors();
    assertEquals(1, errors.size(), errors.toString());
    return errors.getFirst();
  }

  @Test
  void keepsThePlaceholder() {
    assertEquals(
        "https://t.example/{secret.path}/p?k={secret.key_2}&c=r%7B1%7D",
        expanded(Kind.URL, "https://t.example/{secret.path}/p?k={secret.key_2}&c={ref_id}"));
    assertEquals(
        "k={secret.key}&c=r%7B1%7D&x=%7By", expanded(Kind.FORM, "k={secret.key}&c={ref_id}&x={y"));
    assertEquals(
        Set.of("a", "b"),
        Template.of("a={secret.b}&b={secret.a}&c={secret.a}", Kind.FORM).secrets());
  }

  @Test
  void escapesTheBracesOfJsonStringsBesideAPlaceholder() {
    assertEquals(
        "{\"k\": \"{secret.key}\", \"c\": \"r\\u007b1}\", \"\\u007b \ud83d\ude00\": {}}",
        expanded(
            Kind.JSON, "{\"k\": \"{secret.key}\", \"c\": \"{ref_id}\", \"{ \ud83d\ude00\": {}}"));
    assertEquals(
        "{\"c\": \"r{1}\"}", expanded(Kind.JSON, "{\"c\": \"{ref_id}\"}"), "without a placeholder");
  }

  @Test
  void isAStringOutsideOfQuotesOfJson() {
    assertEquals("{\"k\": \"{secret.key}\"}", expanded(Kind.JSON, "{\"k\": {secret.key}}"));
    assertEquals("{\"k\": \"a\\\"b\"}", sent(Kind.JSON, "{\"k\": {secret.key}}", "a\"b"));
  }

  @ParameterizedTest
  @CsvSource({
    "URL, https://t.example/p?k={secret.k}, https://t.example/p?k=a%20%22%C3%BC%2F%7B",
    "FORM, k={secret.k}, k=a%20%22%C3%BC%2F%7B",
    "JSON, '[\"{secret.k}\"]', '[\"a \\\"ü/{\"]'",
  })
  void encodesTheSecretForItsPlace(Kind kind, String source, String sent) {
    assertEquals(sent, sent(kind, source, "a \"ü/{"));
  }

  @Test
  void writesNoSegmentOfDots() {
    assertEquals(
        "https://t.example/%2E%2E/p", sent(Kind.URL, "https://t.example/{secret.k}/p", ".."));
  }

  @Test
  void replacesNothingTwice() {
    assertEquals(
        "{secret.b}-{secret.b}",
        Place.HEADER.expand("{secret.a}-{secret.b}", Set.of("a", "b"), _ -> "{secret.b}"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://{secret.host}/p",
    "https://t.example:{secret.port}/p",
    "https://{secret.user}@t.example/p",
    "{secret.url}"
  })
  void isRefusedWhereItWouldDecideWhereACallbackGoes(String url) {
    assertEquals("macro_in_host", error(Kind.URL, url).code());
  }

  @ParameterizedTest
  @CsvSource({"Secret.Token, secret.token", "SECRET.a, secret.a"})
  void suggestsTheNameInLowerCase(String written, String suggested) {
    Finding error = error(Kind.FORM, "k={" + written + "}");
    assertEquals("invalid_secret_name", error.code());
    assertEquals(suggested, error.suggestion());
    assertEquals(new Correction("{" + written + "}", "{" + suggested + "}"), error.correction());
  }

  @ParameterizedTest
  @CsvSource({
    "secret.",
    "secret.1a",
    "secret.a-b",
    "secret.a.b",
    "secret.abcdefghijklmnopqrstuvwxyz1234567"
  })
  void refusesOtherNames(String written) {
    Finding error = error(Kind.URL, "https://t.example/p?k={" + written + "}");
    assertEquals("invalid_secret_name", error.code());
    assertNull(error.suggestion());
  }

  @Test
  void takesNoFilters() {
    assertEquals("bad_argument", error(Kind.FORM, "k={secret.k|sha256}").code());
  }
}

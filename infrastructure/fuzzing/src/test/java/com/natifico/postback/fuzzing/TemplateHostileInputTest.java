package com.natifico.postback.fuzzing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.MacroValues;
import com.natifico.postback.macro.Template;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Template.Parsed;
import com.natifico.postback.url.HttpUrl;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Each input is a template and the value of all its macros: the first three lines are the kind, the
 * value and the time. Expanding never throws; the values change neither the host of a URL nor the
 * structure of a body.
 */
final class TemplateHostileInputTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final Set<String> DOTS = Set.of(".", "..");

  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries({
    "{ref_id}",
    "{sum|multiply:0.5|scale:2}",
    "{date|format:yyyy-MM-dd,Europe/Berlin}",
    "|raw",
    "|default:",
    "|map:a=b,c=d",
    "|sha256",
    "|upper",
    "https://t.example/",
    "{sub1|raw}",
    "%7B",
    "://",
    "@",
    "{\"a\": {sum}}",
    "JSON",
    "FORM",
    "URL"
  })
  void keepsHostAndStructure(byte[] input) {
    Lines lines = Lines.of(input);
    Kind kind = lines.choose(0, List.of(Kind.values()));
    Same values = new Same(lines.line(1), Instant.ofEpochSecond(lines.line(2).hashCode() * 500L));
    String source = lines.from(3);
    Parsed parsed = Template.parse(source, kind);
    Template template = parsed.template();
    assertEquals(template == null, !parsed.errors().isEmpty());
    if (template == null) {
      return;
    }
    assertEquals(source, template.source());
    String expanded = template.expand(values);
    assertEquals(expanded, template.expand(values));
    switch (kind) {
      case URL -> checkUrl(template, expanded);
      case JSON -> checkJson(expanded);
      case FORM -> checkForm(expanded);
    }
  }

  private static void checkUrl(Template template, String url) {
    URI uri = URI.create(url);
    HttpUrl there = HttpUrl.of(url);
    assertEquals(template.url().endpoint(), there.endpoint());
    assertEquals(there.written().scheme(), uri.getScheme());
    assertEquals(there.written().authority(), uri.getRawAuthority().toLowerCase(Locale.ROOT));
    assertNull(uri.getRawUserInfo());
    assertNull(uri.getRawFragment());
    assertTrue(url.chars().allMatch(c -> c > ' ' && c < 127), url);
    assertTrue(Arrays.stream(uri.getRawPath().split("/", -1)).noneMatch(DOTS::contains), url);
  }

  private static void checkJson(String body) {
    try {
      JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + body, e);
    }
  }

  private static void checkForm(String body) {
    assertTrue(body.chars().noneMatch(Character::isISOControl), body);
  }

  /** The same value for every macro. */
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

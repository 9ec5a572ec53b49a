package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Template.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Iterates over the catalogue, so that a new filter's description is tested automatically. */
class FilterCatalogueTest {
  private static final String URL = "https://t.example/?c={ref_id}&v=";

  @Test
  void listsEveryFilter() {
    assertEquals(
        List.of(
            "default",
            "map",
            "format",
            "multiply",
            "scale",
            "upper",
            "lower",
            "trim",
            "digits",
            "sha256",
            "ms",
            "raw"),
        FilterCatalogue.all().stream().map(FilterDescription::name).toList());
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.macro.FilterCatalogue#all")
  void statesWhatTheExampleWrites(FilterDescription filter) {
    Template template = valid(URL + filter.example());

    assertEquals(
        "https://t.example/?c=&v=" + filter.exampleResult(),
        template.expand(value(template.macros().getLast(), filter.exampleValue())));
  }

  /** A time is stated as {@code yyyy-MM-dd HH:mm:ss} in UTC, as its macro writes it. */
  private static Values value(Macro macro, String text) {
    Instant instant = Instant.EPOCH;
    if (macro.kind() == Macro.Kind.DATE) {
      instant = Instant.parse(text.replace(' ', 'T') + "Z");
    }
    return new Values(Map.of(macro.name(), text), Map.of(macro.name(), instant));
  }

  private static Template valid(String url) {
    Parsed parsed = Template.review(url, Kind.URL);
    assertEquals(List.of(), parsed.errors());
    assertEquals(List.of(), parsed.warnings());
    return Template.of(url, Kind.URL);
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.macro.FilterCatalogue#all")
  void changesTheValueOfTheExample(FilterDescription filter) {
    Template without = valid(URL + filter.example().replaceFirst("\\|.*}", "}"));

    assertNotEquals(
        "https://t.example/?c=&v=" + filter.exampleResult(),
        without.expand(value(without.macros().getLast(), filter.exampleValue())));
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.macro.FilterCatalogue#all")
  void describesTheFilterOfTheExample(FilterDescription filter) {
    boolean takesArgument = filter.syntax().startsWith(filter.name() + ":");

    assertTrue(takesArgument || filter.syntax().equals(filter.name()), filter.syntax());
    assertTrue(filter.description().endsWith("."), filter.description());
    assertTrue(
        filter
            .example()
            .matches("\\{[a-z0-9_]+\\|" + filter.name() + (takesArgument ? ":[^|}]+" : "") + "}"),
        filter.example());
  }
}

package com.natifico.postback.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Iterates over the catalogue, so that a new macro is tested automatically. */
class EveryMacroTest {
  static Stream<Arguments> names() {
    return Macros.all().stream()
        .flatMap(
            macro ->
                Stream.concat(Stream.of(macro.name()), macro.aliases().stream())
                    .map(name -> Arguments.of(name, macro)));
  }

  static Stream<Macro> times() {
    return Macros.all().stream().filter(Macro::hasInstant);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void writesItsValueIntoAUrlUnderEveryName(String name, Macro macro) {
    Template template = Template.of("https://t.example/?v={" + name + "}", Template.Kind.URL);

    assertEquals("https://t.example/?v=x-1", template.expand(Values.of(macro.name(), "x-1")));
    assertEquals(List.of(macro), template.macros());
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.macro.Macros#all")
  void writesItsExampleIntoABody(Macro macro) {
    Template template = Template.of("{\"v\": \"{" + macro.name() + "}\"}", Template.Kind.JSON);

    assertEquals(
        "{\"v\": \"" + macro.example() + "\"}",
        template.expand(Values.of(macro.name(), macro.example())));
  }

  @ParameterizedTest
  @MethodSource("com.natifico.postback.macro.Macros#all")
  void isEmptyIfItsValueIsMissing(Macro macro) {
    Template template =
        Template.of("https://t.example/{" + macro.name() + "}/x", Template.Kind.URL);

    assertEquals("https://t.example//x", template.expand(Values.NONE));
  }

  @ParameterizedTest
  @MethodSource("times")
  void isWrittenInAnyFormatIfItIsATime(Macro macro) {
    Template template =
        Template.of(
            "https://t.example/?v={" + macro.name() + "|format:yyyyMMdd}", Template.Kind.URL);

    assertEquals(
        "https://t.example/?v=20261102",
        template.expand(
            new Values(
                Map.of(macro.name(), "the usual text"),
                Map.of(macro.name(), Instant.parse("2026-11-02T14:03:09Z")))));
  }
}

package com.natifico.postback.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.natifico.postback.macro.Macro;
import com.natifico.postback.macro.Macros;
import com.natifico.postback.testing.Samples;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SampleConversionTest {
  private static final EventIdentity IDENTITY =
      new EventIdentity("77", "test-1", "1", ConversionStatus.APPROVED);

  private static ConversionMacros sample(Map<String, String> given) {
    Conversion conversion =
        SampleConversion.complete(
            new Conversion(IDENTITY, "1042", null, null, new PushedFields(given)), Samples.NOW);
    EventId id = EventId.of(Samples.NOW, IDENTITY);
    return new ConversionMacros(
        conversion,
        Samples.NOW,
        true,
        id.deliveryId("p1"),
        () -> SampleConversion.previous(conversion));
  }

  static Stream<Macro> macros() {
    return Macros.all().stream();
  }

  @ParameterizedTest
  @MethodSource("macros")
  void hasAValueForEveryMacro(Macro macro) {
    String value = sample(Map.of()).text(macro);
    assertFalse(value == null || value.isEmpty(), macro.name());
  }

  @Test
  void prefersGivenValuesToExamples() {
    Macro sum = java.util.Objects.requireNonNull(Macros.find("sum"));
    assertEquals("3.10", sample(Map.of("sum", "3.10")).text(sum));
  }

  @Test
  void showsTheGivenConversionIdAndKeepsItsOwn() {
    Macro id = java.util.Objects.requireNonNull(Macros.find("conversion_id"));
    ConversionMacros sample = sample(Map.of("conversion_id", "c-81f2"));
    assertEquals("c-81f2", sample.text(id));
    assertEquals("test-1", sample.conversion().conversionId());
  }
}

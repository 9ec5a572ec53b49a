package com.natifico.postback.contract.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decimals as the contract defines them. */
class DecimalFieldTest {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,8})?");

  @Property(tries = 2000)
  void acceptsThePatternOfTheContract(
      @ForAll @Chars({'-', '.', '+', 'e'}) @CharRange(from = '0', to = '4') @StringLength(max = 6)
          String text) {
    assertEquals(DECIMAL.matcher(text).matches() ? text : null, read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "-.5",
        "5.",
        "1.2.3",
        "12.50\n",
        "123456789012345678",
        "1234567890123456789",
        "-123456789012345678.12345678",
        "0.123456789",
        "\u0661"
      })
  void acceptsTheMaximumLengthAndNoMore(String text) {
    assertEquals(DECIMAL.matcher(text).matches() ? text : null, read(text));
  }

  private static @Nullable String read(String text) {
    return Fields.of(new Input.Obj(Map.of("sum", new Input.Text(text)))).decimal("sum");
  }
}

package com.natifico.postback.simulation.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The functions are those of
 * docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html.
 */
final class MetricMathTest {
  private static final Map<String, OptionalDouble> METRICS =
      Map.of(
          "a", OptionalDouble.of(3), "b_1", OptionalDouble.of(4), "gone", OptionalDouble.empty());

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "1 + 2 * a                     => 7",
        "(1+2)*a - b_1/2               => 7",
        "a >= 3                        => 1",
        "a > 3 || b_1 == 4             => 1",
        "a > 3 && b_1 == 4             => 0",
        "SUM(METRICS())                => 7",
        "MAX(METRICS())                => 4",
        "SUM(FILL(METRICS(), 10))      => 17",
        "FILL(gone, 0) + FILL(a, 0)    => 3",
        "IF(a < b_1, 100 * a / b_1, 0) => 75",
        "IF(a > b_1, 1, gone)          => missing",
        "IF(gone > 0, 1, 2)            => missing",
        "a + gone                      => missing"
      })
  void evaluates(String expression, String expected) {
    assertEquals(
        expected.equals("missing")
            ? OptionalDouble.empty()
            : OptionalDouble.of(Double.parseDouble(expected)),
        MetricMath.evaluate(expression, METRICS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b_1", "a +", "unknown", "RATE(a)", "METRICS() + 1", "(a", "a ? 1"})
  void refusesWhatItDoesNotKnow(String expression) {
    assertThrows(IllegalArgumentException.class, () -> MetricMath.evaluate(expression, METRICS));
  }
}

package com.natifico.postback.benchmarks;

import com.natifico.postback.benchmarks.process.Usage;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A measured number, its baseline from the same run, and the budget for their ratio.
 *
 * @param name a machine-readable name without spaces
 * @param unit the unit of both numbers
 * @param budget the maximum allowed ratio of measured to baseline
 */
public record Figure(String name, double measured, String unit, double baseline, double budget) {
  /**
   * @param value the value to compare
   */
  public static Figure of(
      String name, Usage.Pair pair, ToDoubleFunction<Usage> value, String unit, double budget) {
    return new Figure(
        name,
        value.applyAsDouble(pair.measured()),
        unit,
        value.applyAsDouble(pair.baseline()),
        budget);
  }

  /** The ratio of measured to baseline; 1 if both are 0. */
  public double ratio() {
    return measured == baseline ? 1 : measured / baseline;
  }

  public boolean isOver() {
    return !(ratio() <= budget);
  }

  /** The last line of a benchmark. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s %s %s baseline %s ratio %s budget %s %s",
        name,
        number(measured),
        unit,
        number(baseline),
        number(ratio()),
        number(budget),
        isOver() ? "over" : "ok");
  }

  /** Formats with three significant digits, or with all digits before the decimal point. */
  public static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}

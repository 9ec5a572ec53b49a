package com.natifico.postback.benchmarks;

import com.natifico.postback.benchmarks.process.Usage;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One measured number, its baseline from the same run, and how much of the baseline it may be.
 *
 * @param name for machines, without blanks
 * @param unit of both numbers
 * @param budget the largest ratio of measured to baseline that is good
 */
public record Figure(String name, double measured, String unit, double baseline, double budget) {
  /**
   * @param value what is compared of both
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

  /** 1 for nothing against nothing. */
  public double ratio() {
    return measured == baseline ? 1 : measured / baseline;
  }

  public boolean isOver() {
    return !(ratio() <= budget);
  }

  /** The line that a benchmark closes with. */
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

  /** Three significant digits, or all those before the point. */
  public static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}

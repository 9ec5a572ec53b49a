package com.natifico.postback.simulation.alarm;

import java.util.List;

/**
 * A statistic of the values in a period.
 *
 * @param word the name in CloudWatch, as in {@code Sum} or {@code p99}
 */
public record Statistic(String word) {
  public Statistic {
    if (!word.matches("Sum|Minimum|Maximum|Average|SampleCount|p[1-9][0-9]?")) {
      throw new IllegalArgumentException("the statistic " + word + " is not known here");
    }
  }

  double of(List<Double> values) {
    return switch (word) {
      case "Sum" -> values.stream().mapToDouble(value -> value).sum();
      case "Minimum" -> values.stream().mapToDouble(value -> value).min().orElseThrow();
      case "Maximum" -> values.stream().mapToDouble(value -> value).max().orElseThrow();
      case "Average" -> values.stream().mapToDouble(value -> value).average().orElseThrow();
      case "SampleCount" -> values.size();
      default -> percentile(values, Integer.parseInt(word.substring(1)));
    };
  }

  /** The smallest value that is not exceeded by this share of all values. */
  private static double percentile(List<Double> values, int percent) {
    int rank = Math.ceilDiv(values.size() * percent, 100);
    return values.stream().sorted().skip(rank - 1L).findFirst().orElseThrow();
  }
}

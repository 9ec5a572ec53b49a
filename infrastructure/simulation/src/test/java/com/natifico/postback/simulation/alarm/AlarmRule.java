package com.natifico.postback.simulation.alarm;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * When an alarm changes its state.
 *
 * @param evaluationPeriods the number of data points that are evaluated
 * @param datapointsToAlarm how many of them must be breaching
 */
record AlarmRule(
    Comparison comparison,
    double threshold,
    int evaluationPeriods,
    int datapointsToAlarm,
    MissingData missingData) {

  /**
   * How many more data points than EvaluationPeriods are retrieved. AWS does not give the number;
   * it is 2 in the examples of its page on missing data.
   */
  private static final int EXTRA_DATAPOINTS = 2;

  /** How a data point is compared with the threshold. */
  enum Comparison {
    GREATER_THAN_THRESHOLD,
    GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    LESS_THAN_THRESHOLD,
    LESS_THAN_OR_EQUAL_TO_THRESHOLD;

    static Comparison of(String word) {
      return valueOf(word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }
  }

  /** TreatMissingData. */
  enum MissingData {
    MISSING,
    IGNORE,
    BREACHING,
    NOT_BREACHING;

    static MissingData of(String word) {
      return valueOf(word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }
  }

  /** The number of data points that CloudWatch retrieves. */
  int evaluationRange() {
    return evaluationPeriods + EXTRA_DATAPOINTS;
  }

  private boolean isBreaching(double value) {
    return switch (comparison) {
      case GREATER_THAN_THRESHOLD -> value > threshold;
      case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> value >= threshold;
      case LESS_THAN_THRESHOLD -> value < threshold;
      case LESS_THAN_OR_EQUAL_TO_THRESHOLD -> value <= threshold;
    };
  }

  /**
   * The state after an evaluation. If at least EvaluationPeriods data points exist, the most recent
   * of them decide; otherwise all of them do, together with as few filled ones as are necessary.
   *
   * @param range the data points of the evaluation range, oldest first; empty where one is missing
   * @param before the state before
   */
  AlarmState evaluate(List<OptionalDouble> range, AlarmState before) {
    List<Double> existing =
        range.stream().filter(OptionalDouble::isPresent).map(OptionalDouble::getAsDouble).toList();
    int missing = Math.max(0, evaluationPeriods - existing.size());
    int breaching =
        (int)
            existing.stream()
                .skip(Math.max(0, existing.size() - evaluationPeriods))
                .filter(this::isBreaching)
                .count();
    return missing == 0
        ? state(breaching >= datapointsToAlarm)
        : stateWithMissing(existing.size(), breaching, missing, before);
  }

  private AlarmState stateWithMissing(int existing, int breaching, int missing, AlarmState before) {
    boolean allowsOk = existing > 0 && breaching < Math.min(datapointsToAlarm, existing);
    return switch (missingData) {
      case NOT_BREACHING -> state(breaching >= datapointsToAlarm);
      case BREACHING -> state(breaching + missing >= datapointsToAlarm);
      case MISSING -> existing == 0 ? AlarmState.INSUFFICIENT_DATA : state(!allowsOk);
      case IGNORE -> {
        if (allowsOk) {
          yield AlarmState.OK;
        }
        yield breaching >= datapointsToAlarm ? AlarmState.ALARM : before;
      }
    };
  }

  private static AlarmState state(boolean isAlarm) {
    return isAlarm ? AlarmState.ALARM : AlarmState.OK;
  }
}

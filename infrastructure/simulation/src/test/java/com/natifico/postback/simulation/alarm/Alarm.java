package com.natifico.postback.simulation.alarm;

import com.natifico.postback.local.template.Resource;
import com.natifico.postback.local.template.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * An alarm of the template. CloudWatch evaluates it every minute; the periods end at that time, so
 * those of five minutes or an hour overlap those of the evaluation before.
 */
public final class Alarm {
  private static final String RESULT = "result";

  private final String id;
  private final AlarmRule rule;
  private final Query query;

  /** What the data points of an alarm are computed from. */
  private sealed interface Query {
    Duration period();

    OptionalDouble at(MetricData data, Instant end);
  }

  private record Single(MetricId metric, Statistic statistic, Duration period) implements Query {
    @Override
    public OptionalDouble at(MetricData data, Instant end) {
      return data.statistic(metric, statistic, period, end);
    }
  }

  private record Combined(String expression, Map<String, Single> metrics) implements Query {
    @Override
    public Duration period() {
      return metrics.values().iterator().next().period();
    }

    @Override
    public OptionalDouble at(MetricData data, Instant end) {
      Map<String, OptionalDouble> values = new LinkedHashMap<>();
      metrics.forEach((name, metric) -> values.put(name, metric.at(data, end)));
      return MetricMath.evaluate(expression, values);
    }
  }

  private Alarm(String id, AlarmRule rule, Query query) {
    this.id = id;
    this.rule = rule;
    this.query = query;
  }

  /**
   * @throws IllegalArgumentException if the alarm uses anything that is not known here
   */
  public static Alarm of(Resource resource) {
    Section alarm = resource.properties();
    Query query = alarm.has("Metrics") ? math(alarm) : single(alarm, alarm);
    int periods = alarm.integer("EvaluationPeriods", 1);
    return new Alarm(
        resource.id(),
        new AlarmRule(
            AlarmRule.Comparison.of(alarm.text("ComparisonOperator")),
            Double.parseDouble(alarm.text("Threshold")),
            periods,
            alarm.integer("DatapointsToAlarm", periods),
            missingData(alarm, query)),
        query);
  }

  /**
   * Alarms on metrics of DynamoDB always ignore missing data, whatever they declare (API reference
   * of PutMetricAlarm, TreatMissingData).
   */
  private static AlarmRule.MissingData missingData(Section alarm, Query query) {
    boolean usesDynamoDb =
        switch (query) {
          case Single single -> isOfDynamoDb(single);
          case Combined math -> math.metrics().values().stream().anyMatch(Alarm::isOfDynamoDb);
        };
    return usesDynamoDb
        ? AlarmRule.MissingData.IGNORE
        : AlarmRule.MissingData.of(alarm.text("TreatMissingData", "missing"));
  }

  private static boolean isOfDynamoDb(Single single) {
    return single.metric().namespace().equals("AWS/DynamoDB");
  }

  private static Query math(Section alarm) {
    Map<String, Single> metrics = new LinkedHashMap<>();
    String expression = "";
    for (Section each : alarm.list("Metrics")) {
      if (each.has("MetricStat")) {
        Section stat = each.section("MetricStat");
        metrics.put(each.text("Id"), single(stat.section("Metric"), stat));
      } else if (each.text("Id").equals(RESULT) && each.bool("ReturnData")) {
        expression = each.text("Expression");
      } else {
        throw new IllegalArgumentException(each.path() + " is not the expression " + RESULT);
      }
    }
    if (metrics.values().stream().map(Single::period).distinct().count() != 1) {
      throw new IllegalArgumentException(alarm.path() + " mixes periods");
    }
    return new Combined(expression, metrics);
  }

  private static Single single(Section metric, Section stat) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    metric
        .list("Dimensions")
        .forEach(each -> dimensions.put(each.text("Name"), each.text("Value")));
    String statistic =
        stat.text("Stat", stat.text("Statistic", stat.text("ExtendedStatistic", "")));
    return new Single(
        new MetricId(metric.text("Namespace"), metric.text("MetricName"), dimensions),
        new Statistic(statistic),
        Duration.ofSeconds(stat.integer("Period", 0)));
  }

  public String id() {
    return id;
  }

  /**
   * The state after the evaluation at this time.
   *
   * @param before the state before it
   */
  public AlarmState evaluate(MetricData data, Instant now, AlarmState before) {
    List<OptionalDouble> range = new ArrayList<>();
    for (int i = rule.evaluationRange() - 1; i >= 0; i--) {
      range.add(query.at(data, now.minus(query.period().multipliedBy(i))));
    }
    return rule.evaluate(range, before);
  }
}

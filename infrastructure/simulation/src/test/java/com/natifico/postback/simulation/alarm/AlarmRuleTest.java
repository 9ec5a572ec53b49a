package com.natifico.postback.simulation.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.simulation.alarm.AlarmRule.Comparison;
import com.natifico.postback.simulation.alarm.AlarmRule.MissingData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The two tables of AWS's page on missing data
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html): {@code 0}
 * is a data point within the threshold, {@code X} a breaching one, {@code -} a missing one. {@code
 * RETAINED} is the state before.
 */
final class AlarmRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Data points to alarm | evaluation periods | data points | missing | ignore | breaching |
        // notBreaching
        "3 | 3 | 0 - X - X | OK                | OK       | OK    | OK",
        "3 | 3 | 0 - - - - | OK                | OK       | OK    | OK",
        "3 | 3 | - - - - - | INSUFFICIENT_DATA | RETAINED | ALARM | OK",
        "3 | 3 | 0 X X - X | ALARM             | ALARM    | ALARM | ALARM",
        "3 | 3 | - - X - - | ALARM             | RETAINED | ALARM | OK",
        "2 | 3 | 0 - X - X | ALARM             | ALARM    | ALARM | ALARM",
        "2 | 3 | 0 0 X 0 X | ALARM             | ALARM    | ALARM | ALARM",
        "2 | 3 | 0 - X - - | OK                | OK       | ALARM | OK",
        "2 | 3 | - - - - 0 | OK                | OK       | ALARM | OK",
        "2 | 3 | - - - X - | ALARM             | RETAINED | ALARM | OK"
      })
  void treatsMissingDataAsAwsDocuments(
      int datapointsToAlarm,
      int evaluationPeriods,
      String datapoints,
      String missing,
      String ignore,
      String breaching,
      String notBreaching) {
    List<OptionalDouble> range =
        Arrays.stream(datapoints.split(" "))
            .map(
                each ->
                    each.equals("-")
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(each.equals("X") ? 11 : 10))
            .toList();
    Map<MissingData, String> expected =
        Map.of(
            MissingData.MISSING, missing,
            MissingData.IGNORE, ignore,
            MissingData.BREACHING, breaching,
            MissingData.NOT_BREACHING, notBreaching);
    expected.forEach(
        (treatment, word) -> {
          AlarmRule rule =
              new AlarmRule(
                  Comparison.GREATER_THAN_THRESHOLD,
                  10,
                  evaluationPeriods,
                  datapointsToAlarm,
                  treatment);
          for (AlarmState before : AlarmState.values()) {
            assertEquals(
                word.equals("RETAINED") ? before : AlarmState.valueOf(word),
                rule.evaluate(range, before),
                () -> datapoints + ", " + treatment + ", before " + before);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "GreaterThanThreshold, OK, OK, ALARM",
    "GreaterThanOrEqualToThreshold, OK, ALARM, ALARM",
    "LessThanThreshold, ALARM, OK, OK",
    "LessThanOrEqualToThreshold, ALARM, ALARM, OK"
  })
  void comparesWithTheThreshold(
      String comparison, AlarmState lower, AlarmState equal, AlarmState higher) {
    AlarmRule rule =
        new AlarmRule(Comparison.of(comparison), 10, 1, 1, MissingData.of("notBreaching"));
    assertEquals(
        List.of(lower, equal, higher),
        List.of(9, 10, 11).stream()
            .map(value -> List.of(OptionalDouble.of(value)))
            .map(range -> rule.evaluate(range, AlarmState.OK))
            .toList());
  }
}

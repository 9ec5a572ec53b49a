package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The alarms of template.yaml notice what breaks, in time, and nothing else. */
final class AlarmWorldsTest {
  /** Functions that read streams are not simulated with their mappings. */
  private static final Set<String> NOT_SIMULATED =
      Set.of("Unpublished", "StatisticsLate", "Uncounted");

  @Test
  void everyAlarmIsExpectedInAWorld() {
    Set<String> unexpected = new TreeSet<>();
    AlarmWorldRun.alarms(AlarmWorld.HEALTHY_DAY).forEach(alarm -> unexpected.add(alarm.id()));
    for (AlarmWorld world : AlarmWorld.values()) {
      unexpected.removeAll(world.expected().keySet());
    }
    assertEquals(NOT_SIMULATED, unexpected);
  }

  @ParameterizedTest
  @EnumSource
  void theExpectedAlarmsGoOffAndNoOther(AlarmWorld world) {
    AlarmWorldRun.Result result = AlarmWorldRun.of(world);
    Map<String, Integer> wentOff = result.wentOff();
    System.out.println(world + ": " + result);

    assertEquals(world.expected().keySet(), wentOff.keySet(), wentOff.toString());
    assertAll(
        wentOff.entrySet().stream()
            .map(
                each ->
                    () ->
                        assertTrue(
                            each.getValue() > 0
                                && each.getValue()
                                    <= world.expected().getOrDefault(each.getKey(), 0),
                            each.toString())));
    assertEquals(world.isRepaired() ? Set.of() : wentOff.keySet(), result.stillOn());
  }
}

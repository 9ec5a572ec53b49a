package com.natifico.postback.benchmarks.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RecordedTest {
  private static final List<String> LINES = List.of("# About it.", "calls 2 0%", "bytes 1000 5%");

  private static List<String> complaints(Map<String, Double> measured) {
    return Recorded.parse(LINES).complaints(new TreeMap<>(measured));
  }

  @Test
  void acceptsAValueWithinItsTolerance() {
    assertEquals(List.of(), complaints(Map.of("calls", 2.0, "bytes", 1049.0)));
  }

  @Test
  void reportsAGrownValueWithOldAndNew() {
    assertEquals(
        List.of(
            "bytes grew from 1000 to 1100, by 10.0 %; 5 % is allowed",
            "calls grew from 2 to 2.01, by 0.5 %; 0 % is allowed"),
        complaints(Map.of("calls", 2.01, "bytes", 1100.0)));
  }

  @Test
  void reportsAValueThatIsNotRecorded() {
    assertEquals(
        List.of("classes is not recorded; it is 7"),
        complaints(Map.of("calls", 2.0, "bytes", 1.0, "classes", 7.0)));
  }

  @Test
  void reportsAValueThatIsNoLongerMeasured() {
    assertEquals(
        List.of("bytes is recorded, but was not measured"), complaints(Map.of("calls", 2.0)));
  }

  @Test
  void acceptingKeepsTolerancesAndComments() {
    assertEquals(
        "# About it.\nbytes 1200 5%\ncalls 2.50 0%\n",
        Recorded.accepting(LINES, new TreeMap<>(Map.of("calls", 2.5, "bytes", 1200.0))));
  }

  @Test
  void refusesAnInvalidLine() {
    assertThrows(IllegalArgumentException.class, () -> Recorded.parse(List.of("bytes 1000")));
  }
}

package com.natifico.postback.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.testing.Samples;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventOrderTest {
  private static final ConversionEvent PENDING = event(0, "1", ConversionStatus.PENDING, 1);
  private static final ConversionEvent APPROVED = event(1, "1", ConversionStatus.APPROVED, 1);
  private static final ConversionEvent CORRECTED = event(2, "1", ConversionStatus.APPROVED, 2);
  private static final ConversionEvent DECLINED_LATE = event(3, "1", ConversionStatus.DECLINED, 1);
  private static final ConversionEvent OTHER_GOAL = event(4, "2", ConversionStatus.APPROVED, 9);
  private static final List<ConversionEvent> ALL =
      List.of(PENDING, APPROVED, CORRECTED, DECLINED_LATE, OTHER_GOAL);

  private static ConversionEvent event(
      int second, String goal, ConversionStatus status, int revision) {
    EventIdentity identity = new EventIdentity("77", "c-1", goal, status, revision);
    return new ConversionEvent(
        EventId.of(Samples.NOW.plusSeconds(second), identity),
        new Conversion(identity, "1042", null, null, new PushedFields(Map.of("sum", "10"))),
        false,
        List.of(),
        List.of());
  }

  private static @Nullable ConversionEvent previous(ConversionEvent event) {
    return EventOrder.previous(event.id(), event.conversion(), ALL);
  }

  @Test
  void findsWhatWasAcceptedBefore() {
    assertNull(previous(PENDING));
    assertEquals(PENDING, previous(APPROVED));
    assertEquals(APPROVED, previous(CORRECTED));
    assertNull(previous(OTHER_GOAL));
  }

  @Test
  void prefersTheHigherRevisionToTheLaterAcceptance() {
    assertEquals(CORRECTED, previous(DECLINED_LATE));
    assertEquals(List.of(CORRECTED), EventOrder.newerThan(DECLINED_LATE, ALL));
  }

  @Test
  void listsNewerEventsOfTheSameGoalNewestFirst() {
    assertEquals(List.of(CORRECTED, DECLINED_LATE, APPROVED), EventOrder.newerThan(PENDING, ALL));
    assertEquals(List.of(), EventOrder.newerThan(CORRECTED, ALL));
  }
}

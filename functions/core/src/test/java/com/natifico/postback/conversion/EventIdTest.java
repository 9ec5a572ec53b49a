package com.natifico.postback.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.natifico.postback.Ids;
import com.natifico.postback.testing.Samples;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventIdTest {
  static List<EventId> ids() {
    return List.of(
        EventId.of(
            Samples.NOW, new EventIdentity("77", "c-1", "install", ConversionStatus.APPROVED)),
        EventId.distinct(
            Samples.NOW, new EventIdentity("77", "c-1", "install", ConversionStatus.APPROVED)));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void isPartOfItsDeliveryIds(EventId id) {
    String deliveryId = id.deliveryId("pb_1.a");

    assertEquals(id, EventId.ofDelivery(deliveryId));
    assertEquals(id, EventId.findOfDelivery(deliveryId));
    assertEquals(id, EventId.find(id.value()));
    assertEquals("pb_1.a", EventId.postbackOfDelivery(deliveryId));
    assertEquals(Samples.NOW, id.claimedAt());
    assertEquals(EventId.conversionKey("c-1"), id.conversionKey());
    assertEquals(
        id.value(),
        EventId.timePrefix(Samples.NOW) + "-" + id.conversionKey() + "-" + id.eventKey());
  }

  @Test
  void hasAtLeast80BitsIfTheUsualKeyBelongsToAnotherEvent() {
    assertEquals(List.of(8, 24), ids().stream().map(id -> id.eventKey().length()).toList());
  }

  /** Rows from before there were revisions are found by it. */
  @Test
  void hasForTheFirstRevisionTheKeyFromBefore() {
    EventIdentity first = new EventIdentity("77", "c-1", "Install", ConversionStatus.APPROVED, 1);

    assertEquals(Ids.digest(8, "install", "approved"), EventId.of(Samples.NOW, first).eventKey());
    assertEquals(
        4,
        IntStream.rangeClosed(1, 4)
            .mapToObj(i -> new EventIdentity("77", "c-1", "1", ConversionStatus.APPROVED, i))
            .map(identity -> EventId.of(Samples.NOW, identity).eventKey())
            .distinct()
            .count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "01jb", "1kh2p3q4r-0123456789abcdef-0123456", "u-.p1", ".p1"})
  void rejectsOtherTexts(String text) {
    assertNull(EventId.find(text));
    assertNull(EventId.findOfDelivery(text + ".p1"));
    assertNull(EventId.findOfDelivery(text));
  }
}

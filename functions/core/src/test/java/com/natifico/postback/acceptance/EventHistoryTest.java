package com.natifico.postback.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.Page;
import com.natifico.postback.conversion.Conversion;
import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.conversion.EventId;
import com.natifico.postback.conversion.EventQuery;
import com.natifico.postback.conversion.Skipped;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryFilter;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.testing.ForwardingLog;
import com.natifico.postback.testing.InMemoryDeliveryLog;
import com.natifico.postback.testing.InMemoryEventStore;
import com.natifico.postback.testing.Pages;
import com.natifico.postback.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventHistoryTest {
  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryDeliveryLog log = new InMemoryDeliveryLog();

  /** A log that returns short pages, as DynamoDB does for large rows. */
  private final EventHistory history =
      new EventHistory(
          events,
          new ForwardingLog(log) {
            @Override
            public Page<Delivery> list(
                String affiliateId,
                DeliveryFilter filter,
                Order order,
                @Nullable String after,
                int limit) {
              return super.list(affiliateId, filter, order, after, Math.min(limit, 6));
            }
          });

  private ConversionEvent given(int number, List<String> callbacks, List<String> attempted) {
    Conversion usual = Samples.conversion("c" + number);
    Conversion conversion =
        new Conversion(
            usual.identity(),
            usual.offerId(),
            usual.occurredAt(),
            usual.clickAt(),
            usual.fields().with(Map.of("ref_id", "click-" + number % 3)));
    ConversionEvent event =
        new ConversionEvent(
            EventId.of(Samples.NOW.plusSeconds(number / 2), conversion.identity()),
            conversion,
            false,
            callbacks,
            callbacks.isEmpty() ? List.of(Skipped.NO_POSTBACK) : List.of());
    events.claim(event);
    for (String postbackId : attempted) {
      log.save(Samples.delivered(Samples.callback(event, postbackId)));
    }
    return event;
  }

  private List<EventHistory.Entry> all(EventQuery query, int limit) {
    return Pages.all(after -> history.page(Samples.AFFILIATE, query, after, limit, _ -> true));
  }

  private static EventQuery query(EventQuery.Order order) {
    return new EventQuery(null, null, null, order);
  }

  @ParameterizedTest
  @EnumSource
  void findsEveryEventOnceWithAllItsDeliveries(EventQuery.Order order) {
    Random random = new Random(3);
    List<EventHistory.Entry> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<String> callbacks =
          List.of("p1", "p2", "p3", "p4", "p5", "p6").subList(0, random.nextInt(7));
      List<String> attempted =
          callbacks.isEmpty() && random.nextBoolean() ? List.of("backfilled") : callbacks;
      ConversionEvent event = given(i, callbacks, attempted);
      expected.add(
          new EventHistory.Entry(
              event,
              attempted.stream().map(id -> Samples.delivered(Samples.callback(event, id))).toList(),
              true));
    }
    expected.sort((a, b) -> a.event().id().value().compareTo(b.event().id().value()));
    List<EventHistory.Entry> inOrder =
        order == EventQuery.Order.OLDEST_FIRST ? expected : expected.reversed();
    for (int limit : List.of(1, 2, 7, 500)) {
      List<EventHistory.Entry> found = all(query(order), limit);
      assertEquals(ids(inOrder), ids(found), "limit " + limit);
      assertEquals(deliveries(inOrder), deliveries(found), "limit " + limit);
    }
  }

  private static List<String> ids(List<EventHistory.Entry> entries) {
    return entries.stream().map(entry -> entry.event().id().value()).toList();
  }

  private static List<List<String>> deliveries(List<EventHistory.Entry> entries) {
    return entries.stream()
        .map(entry -> entry.deliveries().stream().map(Delivery::id).sorted().toList())
        .toList();
  }

  @Test
  void findsByTheClick() {
    for (int i = 0; i < 30; i++) {
      given(i, i % 2 == 0 ? List.of() : List.of("p1"), i % 2 == 0 ? List.of() : List.of("p1"));
    }
    List<EventHistory.Entry> found =
        all(new EventQuery(null, null, "click-1", EventQuery.Order.NEWEST_FIRST), 4);
    assertEquals(10, found.size());
    found.forEach(
        entry ->
            assertEquals("click-1", entry.event().conversion().fields().byName().get("ref_id")));
  }

  @Test
  void findsTheEventsOfAPeriod() {
    for (int i = 0; i < 10; i++) {
      given(i, List.of(), List.of());
    }
    EventQuery query =
        new EventQuery(
            Samples.NOW.plusSeconds(1),
            Samples.NOW.plusSeconds(3),
            null,
            EventQuery.Order.OLDEST_FIRST);
    assertEquals(4, all(query, 3).size());
  }

  @Test
  void hasADeferredFirstAttempt() {
    ConversionEvent event = given(1, List.of("p1"), List.of());
    assertEquals(List.of(), all(query(EventQuery.Order.OLDEST_FIRST), 5));
    log.save(Samples.delivery(Samples.callback(event, "p1"), DeliveryState.PENDING, List.of()));
    assertEquals(1, all(query(EventQuery.Order.OLDEST_FIRST), 5).size());
  }

  @Test
  void leavesOutWhatIsNotWanted() {
    given(1, List.of("p1"), List.of("p1"));
    ConversionEvent other = given(2, List.of("p2"), List.of("p2"));
    Page<EventHistory.Entry> page =
        history.page(
            Samples.AFFILIATE,
            query(EventQuery.Order.OLDEST_FIRST),
            null,
            10,
            rows -> rows.stream().noneMatch(row -> row.callback().postbackId().equals("p1")));
    assertEquals(List.of(other.id().value()), ids(page.items()));
  }
}

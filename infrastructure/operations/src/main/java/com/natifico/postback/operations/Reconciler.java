package com.natifico.postback.operations;

import com.natifico.postback.conversion.EventId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reconciles one day of several affiliates while the system is running. Events are read before
 * deliveries, so that what is written in between does not count as a difference. Each apparent
 * difference is read again consistently before it is reported.
 */
final class Reconciler {
  private final StoredDay day;
  private final Duration patience;
  private final InstantSource clock;

  Reconciler(StoredDay day, Duration patience, InstantSource clock) {
    this.day = day;
    this.patience = patience;
    this.clock = clock;
  }

  /** Returns the result for each affiliate. */
  Map<String, Reconciliation> reconcile(List<String> affiliates) throws InterruptedException {
    Map<String, Map<String, AcceptedEvent>> events = day.events(affiliates);
    Map<String, Reconciliation> reconciled = new TreeMap<>();
    for (String affiliate : affiliates) {
      reconciled.put(
          affiliate, reconcile(affiliate, events.getOrDefault(affiliate, new TreeMap<>())));
    }
    return reconciled;
  }

  private Reconciliation reconcile(String affiliate, Map<String, AcceptedEvent> events)
      throws InterruptedException {
    Map<String, LoggedDelivery> rows = day.deliveries(affiliate);
    Reconciliation first = Reconciliation.of(events, rows, patience, clock.instant());
    for (Difference difference : first.differences()) {
      String id = difference.deliveryId();
      LoggedDelivery row = day.delivery(affiliate, id);
      if (row != null) {
        rows.put(id, row);
      }
      AcceptedEvent event = day.event(affiliate, EventId.ofDelivery(id));
      if (event != null) {
        events.put(event.id().value(), event);
      }
    }
    return first.differences().isEmpty()
        ? first
        : Reconciliation.of(events, rows, patience, clock.instant());
  }
}

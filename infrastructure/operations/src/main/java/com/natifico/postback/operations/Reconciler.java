package com.natifico.postback.operations;

import com.natifico.postback.conversion.EventId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reconciles the day of some affiliates while the system goes on: the events are read first, then
 * the deliveries, so that what comes in between is no difference; and what seems to be one is read
 * once more, consistently, before it is called one.
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

  /** By affiliate. */
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

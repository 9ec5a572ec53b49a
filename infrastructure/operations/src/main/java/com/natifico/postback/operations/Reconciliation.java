package com.natifico.postback.operations;

import com.natifico.postback.conversion.EventId;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.operations.Difference.Kind;
import com.natifico.postback.postback.PostbackKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of an affiliate's events of one day with its deliveries: every callback that an
 * event promises is in exactly one of the counts or among the differences.
 *
 * @param events the number of events
 * @param accepted the number of callbacks that the events promise
 * @param states the number of those callbacks in each state
 * @param rejected the number of the failed ones that an answer rule rejected
 * @param waiting the number of those callbacks that have no row yet but are not late
 */
record Reconciliation(
    int events,
    int accepted,
    Map<DeliveryState, Integer> states,
    int rejected,
    int waiting,
    List<Difference> differences) {

  /**
   * @param patience how long a due callback may wait before it is reported as a difference
   */
  static Reconciliation of(
      Map<String, AcceptedEvent> events,
      Map<String, LoggedDelivery> rows,
      Duration patience,
      Instant now) {
    Instant late = now.minus(patience);
    Map<DeliveryState, Integer> states = new EnumMap<>(DeliveryState.class);
    List<Difference> differences = new ArrayList<>();
    int accepted = 0;
    int rejected = 0;
    int waiting = 0;
    for (AcceptedEvent event : new TreeMap<>(events).values()) {
      for (String postbackId : event.postbacks()) {
        accepted++;
        LoggedDelivery row = rows.get(event.id().deliveryId(postbackId));
        if (row != null) {
          states.merge(row.state(), 1, Integer::sum);
          rejected += row.isRejected() ? 1 : 0;
        } else if (event.id().claimedAt().isBefore(late)) {
          differences.add(
              new Difference(
                  Kind.NO_ROW,
                  event.id().deliveryId(postbackId),
                  event.conversionId(),
                  "accepted at " + event.id().claimedAt()));
        } else {
          waiting++;
        }
      }
    }
    for (LoggedDelivery row : new TreeMap<>(rows).values()) {
      if (PostbackKey.isNotification(EventId.postbackOfDelivery(row.id()))) {
        // It reports an event of a postback, which is not stored.
        continue;
      }
      Difference difference = difference(row, events, late);
      if (difference != null) {
        differences.add(difference);
      }
    }
    return new Reconciliation(events.size(), accepted, states, rejected, waiting, differences);
  }

  private static @Nullable Difference difference(
      LoggedDelivery row, Map<String, AcceptedEvent> events, Instant late) {
    EventId id = EventId.ofDelivery(row.id());
    AcceptedEvent event = events.get(id.value());
    if (event == null) {
      return new Difference(
          Kind.NO_EVENT, row.id(), row.conversionId(), row.state().word() + " in the log");
    }
    if (!event.postbacks().contains(EventId.postbackOfDelivery(row.id()))) {
      return new Difference(
          Kind.NOT_PROMISED, row.id(), row.conversionId(), row.state().word() + " in the log");
    }
    Instant next = row.nextAttemptAt();
    if (row.state() == DeliveryState.RETRYING && next != null && next.isBefore(late)) {
      return new Difference(Kind.OVERDUE, row.id(), row.conversionId(), "was due at " + next);
    }
    if (row.state() == DeliveryState.PENDING && id.claimedAt().isBefore(late)) {
      return new Difference(
          Kind.STUCK_PENDING, row.id(), row.conversionId(), "accepted at " + id.claimedAt());
    }
    return null;
  }

  int count(DeliveryState state) {
    return states.getOrDefault(state, 0);
  }

  /** The number of callbacks that an event promises and that have no row although one is due. */
  int missing() {
    return (int) differences.stream().filter(each -> each.kind() == Kind.NO_ROW).count();
  }
}

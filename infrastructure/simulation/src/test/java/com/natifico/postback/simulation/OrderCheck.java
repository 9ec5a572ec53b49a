package com.natifico.postback.simulation;

import com.natifico.postback.conversion.ConversionEvent;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Checks that no tracker receives an older event of a conversion and goal after a newer one. The
 * events of a run all have the first revision, so the one that was claimed later is newer.
 *
 * <p>Allowed are attempts that were in progress at the same time, a first attempt that starts
 * within half a minute of its claim, and a delivery that a user asked to send again by itself.
 */
final class OrderCheck {
  /** No worker runs longer, from its look to the end of its attempt. */
  private static final Duration IN_PROGRESS = Duration.ofSeconds(30);

  private final Cloud cloud;
  private final List<ConversionEvent> events;
  private final Map<String, List<Journal.Effect>> saves;
  private final Consumer<String> violations;

  /**
   * @param events those that were claimed
   * @param saves the saves of each delivery's row, in order
   */
  OrderCheck(
      Cloud cloud,
      List<ConversionEvent> events,
      Map<String, List<Journal.Effect>> saves,
      Consumer<String> violations) {
    this.cloud = cloud;
    this.events = events;
    this.saves = saves;
    this.violations = violations;
  }

  /** Checks one delivery. */
  void check(ConversionEvent event, String postbackId, List<Call> calls) {
    if (event.test()) {
      return;
    }
    String id = event.id().value() + "." + postbackId;
    for (Call call : calls) {
      if (call.arrived()
          && call.at().isAfter(event.id().claimedAt().plus(IN_PROGRESS))
          && !isAskedFor(id, call)
          && isAttempted(event, postbackId, call.order(), call.at().minus(IN_PROGRESS))) {
        violations.accept(
            "%s: request %d after a newer event had been attempted".formatted(id, call.serial()));
      }
    }
    for (Journal.Effect save : saves.getOrDefault(id, List.of())) {
      if (DeliveryCheck.rowOf(save).state() == DeliveryState.SUPERSEDED
          && !isAttempted(event, postbackId, save.order(), save.at())) {
        violations.accept(id + ": superseded although no newer event had been attempted");
      }
    }
  }

  private boolean isAskedFor(String id, Call call) {
    return cloud.journal.resends().stream()
        .anyMatch(asked -> id.equals(asked.deliveryId()) && asked.since() < call.order());
  }

  /** Whether a newer event had been attempted at this postback by then, according to the log. */
  private boolean isAttempted(
      ConversionEvent event, String postbackId, long order, Instant latest) {
    return events.stream()
        .filter(other -> isNewer(other, event))
        .flatMap(
            other -> saves.getOrDefault(other.id().value() + "." + postbackId, List.of()).stream())
        .filter(save -> save.order() < order && !save.at().isAfter(latest))
        .map(DeliveryCheck::rowOf)
        .anyMatch(OrderCheck::isAttempted);
  }

  private static boolean isAttempted(Delivery row) {
    return !row.attempts().isEmpty() || row.leasedUntil() != null;
  }

  private static boolean isNewer(ConversionEvent other, ConversionEvent event) {
    return !other.test()
        && other.conversion().affiliateId().equals(event.conversion().affiliateId())
        && other.conversion().conversionId().equals(event.conversion().conversionId())
        && other.conversion().goal().equalsIgnoreCase(event.conversion().goal())
        && other.id().value().compareTo(event.id().value()) > 0;
  }
}

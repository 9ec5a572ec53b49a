package com.natifico.postback.simulation;

import com.natifico.postback.delivery.AttemptHistory;
import com.natifico.postback.delivery.Delivery;
import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Checks that an attempt does not count for its delivery's schedule if its worker reached none of
 * ten endpoints in a row before it.
 */
final class EgressCheck {
  private static final int ENDPOINTS = 10;
  private static final Duration WITHIN = Duration.ofHours(1);
  private static final Set<Outcome> UNREACHED =
      Set.of(Outcome.DNS, Outcome.CONNECT, Outcome.TLS, Outcome.TIMEOUT);

  private final Cloud cloud;
  private final Map<String, List<Journal.Effect>> saves;
  private final Consumer<String> violations;

  /**
   * @param saves the saves of each row, in order
   */
  EgressCheck(Cloud cloud, Map<String, List<Journal.Effect>> saves, Consumer<String> violations) {
    this.cloud = cloud;
    this.saves = saves;
    this.violations = violations;
  }

  void check() {
    if (cloud.settings.conditions().window(Outage.UNREACHABLE).length().isZero()) {
      return;
    }
    for (List<Journal.Effect> ofRow : saves.values()) {
      int start = 0;
      int count = 0;
      for (Journal.Effect save : ofRow) {
        Delivery row = DeliveryCheck.rowOf(save);
        if (row.history().count() > count && isWronglyCounted(row, start)) {
          violations.accept("counts an attempt while no endpoint is reached: " + row.id());
        }
        start = row.history().scheduleStart();
        count = row.history().count();
      }
    }
  }

  /** Whether the last attempt of this row counts and must not. */
  private boolean isWronglyCounted(Delivery row, int scheduleStartBefore) {
    Call call = cloud.trackers.callOf(row.attempts().getLast());
    return call != null
        && isUnreached(call)
        && !row.callback().test()
        && row.state() != DeliveryState.DELIVERED
        && row.history().count() < AttemptHistory.MAX_ATTEMPTS
        && row.history().scheduleStart() == scheduleStartBefore
        && knowsOutage(call);
  }

  static boolean isUnreached(Call call) {
    return UNREACHED.contains(call.observed().outcome());
  }

  private boolean knowsOutage(Call last) {
    Instant known = last.at().minus(cloud.settings.stalls() > 0 ? Steps.MAX_STALL : Duration.ZERO);
    Set<String> endpoints = new HashSet<>();
    for (Call call : cloud.trackers.calls().reversed()) {
      Instant end = call.endsAt();
      if (call.worker() != last.worker() || end.isBefore(last.at().minus(WITHIN))) {
        continue;
      }
      if (isUnreached(call)) {
        if (end.isBefore(known)) {
          endpoints.add(call.request().endpoint());
        }
      } else if (call.observed().outcome() != Outcome.BLOCKED && !end.isAfter(last.endsAt())) {
        break;
      }
    }
    return endpoints.size() >= ENDPOINTS;
  }
}

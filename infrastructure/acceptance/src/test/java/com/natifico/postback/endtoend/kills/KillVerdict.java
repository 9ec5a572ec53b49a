package com.natifico.postback.endtoend.kills;

import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.endtoend.kills.KillTrackers.Seen;
import com.natifico.postback.endtoend.kills.Load.Promised;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of every promised callback: compares the log with what the trackers received.
 *
 * @param ended the number of deliveries by final state
 * @param lost promised callbacks without a final state, or with one that contradicts the trackers
 * @param duplicates how often a tracker accepted a delivery that it had accepted before
 */
record KillVerdict(Map<DeliveryState, Integer> ended, List<String> lost, int duplicates) {

  static KillVerdict of(
      Map<String, Promised> promised,
      Map<String, DeliveryState> log,
      Map<String, Seen> seen,
      List<Behaviour> endpoints) {
    Map<DeliveryState, Integer> ended = new EnumMap<>(DeliveryState.class);
    List<String> lost = new ArrayList<>();
    int duplicates = 0;
    for (Map.Entry<String, Promised> each : new TreeMap<>(promised).entrySet()) {
      String id = each.getKey();
      DeliveryState state = log.get(id);
      Seen taken = seen.getOrDefault(id, Seen.NOTHING);
      String fault = fault(state, taken, endpoints.get(each.getValue().endpoint()));
      if (fault != null) {
        lost.add(id + " of " + each.getValue().affiliateId() + ": " + fault);
      }
      if (state != null && state.isFinal()) {
        ended.merge(state, 1, Integer::sum);
      }
      duplicates += Math.max(0, taken.taken() - 1);
    }
    seen.keySet().stream()
        .filter(id -> !promised.containsKey(id))
        .sorted()
        .forEach(id -> lost.add(id + ": arrived without a promise by a 2xx"));
    return new KillVerdict(ended, lost, duplicates);
  }

  /** This verdict with additional faults. */
  KillVerdict with(List<String> faults) {
    List<String> all = new ArrayList<>(lost);
    all.addAll(faults);
    return new KillVerdict(ended, all, duplicates);
  }

  private static @Nullable String fault(
      @Nullable DeliveryState state, Seen seen, Behaviour endpoint) {
    if (state == null) {
      return "no row in the log";
    }
    if (!state.isFinal()) {
      return "still " + state.word();
    }
    if (state == DeliveryState.DELIVERED && seen.taken() == 0) {
      return "delivered according to the log, but not accepted by a tracker";
    }
    if (state != DeliveryState.DELIVERED && seen.taken() > 0) {
      return "accepted by its tracker, but " + state.word() + " in the log";
    }
    return endpoint.endsAs(state)
        ? null
        : state.word() + ", but its endpoint was " + endpoint.name().toLowerCase(Locale.ROOT);
  }

  int count(DeliveryState state) {
    return ended.getOrDefault(state, 0);
  }

  /** Duplicates as a percentage of delivered callbacks. */
  double duplicateRate() {
    return 100.0 * duplicates / Math.max(1, count(DeliveryState.DELIVERED));
  }
}

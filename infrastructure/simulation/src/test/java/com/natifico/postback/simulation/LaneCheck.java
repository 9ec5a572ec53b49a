package com.natifico.postback.simulation;

import com.natifico.postback.postback.Circuit;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.postback.PostbackKey;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks that only workers of the slow lane make attempts at an endpoint that is stored as slow,
 * and that an endpoint which holds a worker of a usual lane is stored as slow while it does.
 *
 * <p>Allowed are test conversions, the attempts of workers that have not learned of it yet, and
 * those of workers whose own knowledge could not be stored.
 */
final class LaneCheck {
  private static final String SLOW_LANE = "slow";

  /** No worker runs longer, from its look at the postback to the attempt. */
  private static final Duration IN_PROGRESS = Duration.ofSeconds(30);

  /** An attempt that takes this long must have been noticed while it was in progress. */
  private static final Duration HOLDS_A_WORKER = Duration.ofSeconds(6);

  /** It is slow after 1.5 s, which is noticed within 250 ms, and stored by two steps. */
  private static final Duration NOTICED_WITHIN = Duration.ofMillis(1_950);

  private final Cloud cloud;
  private final Set<String> tests;
  private final Consumer<String> violations;

  /** A change of what is stored for an endpoint. */
  private record Change(long order, Instant at, Circuit circuit) {}

  /**
   * @param tests the delivery ids of test conversions
   */
  LaneCheck(Cloud cloud, Set<String> tests, Consumer<String> violations) {
    this.cloud = cloud;
    this.tests = tests;
    this.violations = violations;
  }

  void check() {
    Map<String, List<Change>> changes = changes();
    Set<Worker> unable = new HashSet<>();
    for (Journal.Injected fault : cloud.journal.faults()) {
      if (fault.step().port().equals("PostbackHealth")) {
        unable.add(fault.step().worker());
      }
    }
    Duration unaware = cloud.settings.postbackCache().plus(IN_PROGRESS);
    for (Call call : cloud.trackers.calls()) {
      if (call.worker().toString().startsWith(SLOW_LANE)
          || unable.contains(call.worker())
          || tests.contains(call.deliveryId())) {
        continue;
      }
      Instant since = slowSince(changes.getOrDefault(postbackId(call), List.of()), call.order());
      if (since != null && since.plus(unaware).isBefore(call.at())) {
        violations.accept(
            "%s: request %d in a usual lane, to an endpoint that has been slow since %s"
                .formatted(call.deliveryId(), call.serial(), since));
      }
      if (since == null && holdsAWorker(call) && !isReported(call)) {
        violations.accept(
            "%s: no other worker learns of request %d before its end"
                .formatted(call.deliveryId(), call.serial()));
      }
    }
  }

  /** With stalls, or after a crash, the report may come later. */
  private boolean holdsAWorker(Call call) {
    return cloud.settings.stalls() == 0
        && cloud.journal.deathOf(call.worker()) == null
        && !call.at().plus(HOLDS_A_WORKER).isAfter(call.endsAt());
  }

  /** Whether a worker has stored, or tried to, that the endpoint is slow. */
  private boolean isReported(Call call) {
    Instant until = call.at().plus(NOTICED_WITHIN);
    return cloud.journal.effects().stream()
        .filter(effect -> effect.is("PostbackHealth", "replaceCircuit"))
        .filter(effect -> effect.order() > call.order() && !effect.at().isAfter(until))
        .anyMatch(
            effect ->
                effect.arguments().getFirst() instanceof Postback postback
                    && postback.key().postbackId().equals(postbackId(call)));
  }

  private static String postbackId(Call call) {
    return call.deliveryId().substring(call.deliveryId().indexOf('.') + 1);
  }

  /** Since when the endpoint has been slow, without interruption; null if it was not. */
  private static @Nullable Instant slowSince(List<Change> changes, long order) {
    Instant since = null;
    for (Change change : changes) {
      if (change.order() > order) {
        break;
      }
      since =
          switch (change.circuit()) {
            case Circuit.Closed _ -> null;
            case Circuit.Slow _, Circuit.Open _ -> since == null ? change.at() : since;
          };
    }
    return since;
  }

  private Map<String, List<Change>> changes() {
    Map<String, List<Change>> changes = new HashMap<>();
    for (Journal.Effect effect : cloud.journal.effects()) {
      PostbackKey key = changed(effect);
      if (key != null) {
        Circuit circuit = effect.result() instanceof Circuit stored ? stored : Circuit.CLOSED;
        changes
            .computeIfAbsent(key.postbackId(), _ -> new ArrayList<>())
            .add(new Change(effect.order(), effect.at(), circuit));
      }
    }
    return changes;
  }

  /** The postback whose circuit this call has changed; null if it has changed none. */
  private static @Nullable PostbackKey changed(Journal.Effect effect) {
    boolean isChange =
        effect.is("PostbackHealth", "replaceCircuit")
            ? effect.result() != null && effect.result().equals(effect.arguments().get(2))
            : effect.is("PostbackStore", "replace") || effect.is("PostbackStore", "create");
    return isChange && effect.arguments().getFirst() instanceof Postback postback
        ? postback.key()
        : null;
  }
}

package com.natifico.postback.simulation;

import com.natifico.postback.conversion.EventId;
import com.natifico.postback.postback.MaxRate;
import com.natifico.postback.postback.Postback;
import com.natifico.postback.simulation.SimulatedTrackers.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Checks that a postback gets no more requests than its owner allows, from all workers together.
 * Test conversions are not counted, nor are callbacks that may have waited so long that they were
 * sent without a slot.
 */
final class PaceCheck {
  /** A burst of one second's worth, and the steps between a slot and its request. */
  private static final Duration USUAL_SLACK = Duration.ofSeconds(2);

  /** A worker that stalls between a slot and its request runs no longer. */
  private static final Duration SLACK_WITH_STALLS = Duration.ofSeconds(31);

  /** The same value as in Sender, less the difference of two clocks. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(7).minusMinutes(1);

  private final Cloud cloud;
  private final Set<String> tests;
  private final Consumer<String> violations;

  /**
   * @param tests the delivery ids of test conversions
   */
  PaceCheck(Cloud cloud, Set<String> tests, Consumer<String> violations) {
    this.cloud = cloud;
    this.tests = tests;
    this.violations = violations;
  }

  void check() {
    Map<String, List<Call>> calls = new HashMap<>();
    for (Call call : cloud.trackers.calls()) {
      if (!tests.contains(call.deliveryId()) && !mayHaveWaitedTooLong(call)) {
        String postbackId = call.deliveryId().substring(call.deliveryId().indexOf('.') + 1);
        calls.computeIfAbsent(postbackId, _ -> new ArrayList<>()).add(call);
      }
    }
    limits().forEach((id, limit) -> check(id, limit, calls.getOrDefault(id, List.of())));
  }

  private static boolean mayHaveWaitedTooLong(Call call) {
    return !call.at().isBefore(EventId.timeOf(call.deliveryId()).plus(LONGEST_WAIT));
  }

  private void check(String postbackId, MaxRate limit, List<Call> calls) {
    double perSecond = limit.perSecond().doubleValue();
    Duration slack = cloud.settings.stalls() > 0 ? SLACK_WITH_STALLS : USUAL_SLACK;
    slack = slack.plus(cloud.settings.conditions().maximum(Bound.CLOCK_SKEW).multipliedBy(2));
    for (int from = 0; from < calls.size(); from++) {
      for (int to = from + 1; to < calls.size(); to++) {
        Duration time = Duration.between(calls.get(from).at(), calls.get(to).at());
        double allowed = 1 + perSecond * time.plus(slack).toMillis() / 1_000.0;
        if (to - from + 1 > allowed + 1) {
          violations.accept(
              "%s: more requests than max_per_second allows: %d in %s, from request %d on"
                  .formatted(postbackId, to - from + 1, time, calls.get(from).serial()));
          return;
        }
      }
    }
  }

  /** The limits of the postbacks, which are the same in all versions of them. */
  private Map<String, MaxRate> limits() {
    Map<String, MaxRate> limits = new HashMap<>();
    for (Journal.Effect effect : cloud.journal.effects()) {
      if (effect.is("PostbackStore", "create")
          && effect.arguments().getFirst() instanceof Postback postback) {
        MaxRate limit = postback.maxRate();
        if (limit != null) {
          limits.put(postback.postbackId(), limit);
        }
      }
    }
    return limits;
  }
}

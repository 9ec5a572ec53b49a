package com.natifico.postback.delivery;

import com.natifico.postback.postback.Postback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Failures to reach an endpoint that are not yet counted for the health of their postbacks, because
 * this worker cannot decide on their cause. They are counted as soon as it can, and discarded if
 * the fault was ours. Safe for use by several threads.
 */
final class UnsettledFailures {
  /** Limits the memory. A postback is paused after 20 failures, so more of them do not matter. */
  private static final int MAX_KEPT = 1_000;

  private record Failure(Postback postback, Outcome outcome, Instant at) {}

  private final HealthWatch health;
  private final EgressWatch egress;
  private final List<Failure> kept = new ArrayList<>();

  UnsettledFailures(HealthWatch health, EgressWatch egress) {
    this.health = health;
    this.egress = egress;
  }

  /** Counts the result of an attempt, now or as soon as its cause can be decided. */
  void ended(Postback postback, Outcome outcome, Instant now) {
    List<Failure> settled = new ArrayList<>();
    synchronized (this) {
      if (!outcome.isUnreached() || egress.isSettled(now)) {
        settled.addAll(egress.isDown() ? List.of() : kept);
        kept.clear();
        settled.add(new Failure(postback, outcome, now));
      } else if (kept.size() < MAX_KEPT) {
        kept.add(new Failure(postback, outcome, now));
      }
    }
    settled.forEach(each -> health.ended(each.postback(), each.outcome(), each.at()));
  }
}

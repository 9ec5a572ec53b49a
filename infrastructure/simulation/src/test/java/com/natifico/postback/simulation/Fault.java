package com.natifico.postback.simulation;

import java.util.List;

/** What can happen to a step. */
enum Fault {
  NONE,
  /** The worker dies before the step has had any effect. */
  KILLED_BEFORE,
  /** The worker dies with the effect done, or half of it, and the answer on its way. */
  KILLED_DURING,
  /** The worker dies with the answer in its hands. */
  KILLED_AFTER,
  /** Throttled: nothing was done, and the worker is told so. */
  REFUSED,
  /** The effect is done, and the worker is told that it failed. */
  ANSWER_LOST;

  /** The crash points of a step. */
  static final List<Fault> KILLS = List.of(KILLED_BEFORE, KILLED_DURING, KILLED_AFTER);

  /** What a worker survives. */
  static final List<Fault> FAILURES = List.of(REFUSED, ANSWER_LOST);

  boolean kills() {
    return KILLS.contains(this);
  }
}

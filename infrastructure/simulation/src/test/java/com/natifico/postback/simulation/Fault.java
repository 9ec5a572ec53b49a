package com.natifico.postback.simulation;

import java.util.List;

/** The faults that a step can meet. */
enum Fault {
  NONE,
  /** The worker dies before the step has had any effect. */
  KILLED_BEFORE,
  /** The worker dies after the effect, or half of it, is done and before the answer arrives. */
  KILLED_DURING,
  /** The worker dies after it has received the answer. */
  KILLED_AFTER,
  /** Throttled: nothing was done, and the worker receives an error. */
  REFUSED,
  /** Nothing is done, not even in part, because the whole service refuses. */
  OUT_OF_SERVICE,
  /** The effect is done, but the worker receives an error. */
  ANSWER_LOST;

  /** The crash points of a step. */
  static final List<Fault> KILLS = List.of(KILLED_BEFORE, KILLED_DURING, KILLED_AFTER);

  /** The faults that a worker survives. */
  static final List<Fault> FAILURES = List.of(REFUSED, ANSWER_LOST);

  boolean kills() {
    return KILLS.contains(this);
  }
}

package com.natifico.postback.simulation;

/** What AWS does within a bound at any time. */
enum Bound {
  /** The time until a global index shows a write. */
  INDEX_LAG,
  /** How much the clock of a worker differs from the true time, in both directions. */
  CLOCK_SKEW,
  /** The time from the receive of a batch to the start of its invocation. */
  LATE_START
}

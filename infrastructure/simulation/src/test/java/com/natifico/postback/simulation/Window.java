package com.natifico.postback.simulation;

import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;

/**
 * A period of a run.
 *
 * @param until the first instant after it
 */
record Window(Instant from, Instant until) {
  static final Window NEVER = new Window(Samples.NOW, Samples.NOW);

  /**
   * @param start the time after the start of the run
   */
  static Window of(Duration start, Duration length) {
    return new Window(Samples.NOW.plus(start), Samples.NOW.plus(start).plus(length));
  }

  boolean covers(Instant time) {
    return !time.isBefore(from) && time.isBefore(until);
  }

  Duration length() {
    return Duration.between(from, until);
  }
}

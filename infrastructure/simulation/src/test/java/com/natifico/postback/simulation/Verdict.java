package com.natifico.postback.simulation;

import java.util.List;

/**
 * The result of checking a run.
 *
 * @param lost callbacks of accepted events that are neither finished nor scheduled
 * @param violations all other broken promises
 * @param duplicates repeated requests that an allowed case explains
 * @param requests the number of requests that trackers received
 * @param deliveries the number of deliveries in the log
 */
record Verdict(
    List<String> lost, List<String> violations, int duplicates, int requests, int deliveries) {
  /** The verdict of a run that failed before its end. */
  static Verdict broken(RuntimeException cause) {
    return new Verdict(List.of(), List.of("the run failed: " + cause), 0, 0, 0);
  }

  boolean isGood() {
    return lost.isEmpty() && violations.isEmpty();
  }
}

package com.natifico.postback.simulation;

import java.util.List;

/**
 * What the checker found in a run.
 *
 * @param lost callbacks of accepted events that are neither done nor on their way
 * @param violations every other broken promise
 * @param duplicates requests that a tracker got once more, in the one window that is stated
 * @param requests that trackers got
 * @param deliveries in the log
 */
record Verdict(
    List<String> lost, List<String> violations, int duplicates, int requests, int deliveries) {
  /** Of a run that did not come to its end. */
  static Verdict broken(RuntimeException cause) {
    return new Verdict(List.of(), List.of("the run broke: " + cause), 0, 0, 0);
  }

  boolean isGood() {
    return lost.isEmpty() && violations.isEmpty();
  }
}

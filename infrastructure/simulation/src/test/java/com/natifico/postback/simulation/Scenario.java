package com.natifico.postback.simulation;

/** What the users do, and when. */
@FunctionalInterface
interface Scenario {
  /** Schedules what the users do; called before the run begins. */
  void prepare(Cloud cloud, OutsideWorld outside);
}

package com.natifico.postback.simulation;

/** Who does what, and when. */
@FunctionalInterface
interface Scenario {
  /** Tells everybody what to do; it is done when the run begins. */
  void tell(Cloud cloud, OutsideWorld outside);
}

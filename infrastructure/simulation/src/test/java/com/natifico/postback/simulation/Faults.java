package com.natifico.postback.simulation;

import java.util.Map;
import java.util.random.RandomGenerator;

/** Decides what happens to each step. */
@FunctionalInterface
interface Faults {
  Faults NONE = _ -> Fault.NONE;

  Fault at(Step step);

  /** Faults at exactly these steps, by number. */
  static Faults at(Map<Integer, Fault> faults) {
    return step -> faults.getOrDefault(step.number(), Fault.NONE);
  }

  /**
   * Random faults.
   *
   * @param kills the share of steps at which the worker is killed
   * @param failures the share of steps that fail
   */
  static Faults random(RandomGenerator random, double kills, double failures) {
    return _ -> {
      double chance = random.nextDouble();
      if (chance < kills) {
        return Fault.KILLS.get(random.nextInt(Fault.KILLS.size()));
      }
      return chance < kills + failures
          ? Fault.FAILURES.get(random.nextInt(Fault.FAILURES.size()))
          : Fault.NONE;
    };
  }
}

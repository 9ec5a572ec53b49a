package com.natifico.postback.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs each script without a fault to learn its steps, and then once for each step and each way to
 * die there. For each step it also runs what a worker survives: a refusal, and a lost answer.
 */
final class CrashPoints {
  /** Stories of at most so many steps are also run with two crashes. */
  private static final int SHORT = 20;

  private final Tally tally;
  private final Set<String> sideEffects = new TreeSet<>();
  private int points;

  CrashPoints(Tally tally) {
    this.tally = tally;
  }

  /** The steps that were crashed, by what they do. */
  Set<String> sideEffects() {
    return sideEffects;
  }

  /** How many times a worker was killed at a step of its own. */
  int points() {
    return points;
  }

  /** All of them. */
  CrashPoints run() {
    EnumSet.allOf(Script.class).forEach(this::crash);
    return this;
  }

  private void crash(Script script) {
    Run calm = script.run(Faults.NONE, false);
    tally.add(script + " without a fault", calm);
    sideEffects.addAll(calm.steps());
    for (int step = 1; step <= calm.steps().size(); step++) {
      String name = script + " step " + step + " " + calm.steps().get(step - 1);
      for (Fault kill : Fault.KILLS) {
        Run crashed = crash(script, name, calm, Map.of(step, kill));
        points++;
        if (calm.steps().size() <= SHORT) {
          crashAgain(script, name, step, kill, crashed.steps().size());
        }
      }
      for (Fault failure : Fault.FAILURES) {
        crash(script, name, calm, Map.of(step, failure));
      }
    }
  }

  private Run crash(Script script, String name, Run calm, Map<Integer, Fault> faults) {
    int step = faults.keySet().iterator().next();
    Run run = script.run(Faults.at(faults), false);
    if (!run.steps().subList(0, step).equals(calm.steps().subList(0, step))) {
      throw new IllegalStateException("another step than in the run without a fault: " + name);
    }
    tally.add(name + " " + faults, run);
    return run;
  }

  /** And once more while what the first crash left is mended. */
  private void crashAgain(Script script, String name, int step, Fault kill, int steps) {
    List<Integer> later = new ArrayList<>();
    for (int next = step + 1; next <= steps; next++) {
      later.add(next);
    }
    for (int next : later) {
      Map<Integer, Fault> faults = Map.of(step, kill, next, Fault.KILLED_DURING);
      tally.add(name + " " + faults, script.run(Faults.at(faults), false));
      points++;
    }
  }
}

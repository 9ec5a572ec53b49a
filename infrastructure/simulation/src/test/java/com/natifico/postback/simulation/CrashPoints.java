package com.natifico.postback.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs each script without a fault to learn its steps, and then once for each step and each way to
 * be killed there. It also runs each step with the faults that a worker survives: a refusal and a
 * lost answer.
 */
final class CrashPoints {
  /** Scripts with at most this number of steps are also run with two crashes. */
  private static final int MAX_STEPS_FOR_TWO_CRASHES = 20;

  private final RunTotals totals;
  private final Set<String> sideEffects = new TreeSet<>();
  private int points;

  CrashPoints(RunTotals totals) {
    this.totals = totals;
  }

  /** The names of the side effects whose steps were crashed. */
  Set<String> sideEffects() {
    return sideEffects;
  }

  /** The number of crash points that were run. */
  int points() {
    return points;
  }

  /** Runs all crash points. */
  CrashPoints run() {
    EnumSet.allOf(Script.class).forEach(this::crash);
    return this;
  }

  private void crash(Script script) {
    Run faultless = script.run(Faults.NONE, false);
    totals.add(script + " without a fault", faultless);
    sideEffects.addAll(faultless.steps());
    for (int step = 1; step <= faultless.steps().size(); step++) {
      String name = script + " step " + step + " " + faultless.steps().get(step - 1);
      for (Fault kill : Fault.KILLS) {
        Run crashed = crash(script, name, faultless, Map.of(step, kill));
        points++;
        if (faultless.steps().size() <= MAX_STEPS_FOR_TWO_CRASHES) {
          crashAgain(script, name, step, kill, crashed.steps().size());
        }
      }
      for (Fault failure : Fault.FAILURES) {
        crash(script, name, faultless, Map.of(step, failure));
      }
    }
  }

  private Run crash(Script script, String name, Run faultless, Map<Integer, Fault> faults) {
    int step = faults.keySet().iterator().next();
    Run run = script.run(Faults.at(faults), false);
    if (!run.steps().subList(0, step).equals(faultless.steps().subList(0, step))) {
      throw new IllegalStateException("the step differs from the run without a fault: " + name);
    }
    totals.add(name + " " + faults, run);
    return run;
  }

  /** Crashes again at each step that follows, while the first crash is being repaired. */
  private void crashAgain(Script script, String name, int step, Fault kill, int steps) {
    List<Integer> later = new ArrayList<>();
    for (int next = step + 1; next <= steps; next++) {
      later.add(next);
    }
    for (int next : later) {
      Map<Integer, Fault> faults = Map.of(step, kill, next, Fault.KILLED_DURING);
      totals.add(name + " " + faults, script.run(Faults.at(faults), false));
      points++;
    }
  }
}

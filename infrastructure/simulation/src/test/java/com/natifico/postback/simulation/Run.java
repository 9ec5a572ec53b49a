package com.natifico.postback.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One run of a scenario: with faults until nothing is left to do; then without faults, after an
 * operator has moved back the unprocessed messages, until nothing is left to do.
 *
 * @param steps the names of its steps, in order
 * @param trace empty unless requested
 */
record Run(Verdict verdict, List<String> steps, List<String> trace) {
  private static final int MAX_MOVES = 3;

  /** Faults that end with the first phase of the run. */
  private static final class FirstPhaseFaults implements Faults {
    private final Faults faults;
    private boolean over;

    FirstPhaseFaults(Faults faults) {
      this.faults = faults;
    }

    @Override
    public Fault at(Step step) {
      return over ? Fault.NONE : faults.at(step);
    }

    void run(Cloud cloud, Scenario scenario) {
      scenario.prepare(cloud, new OutsideWorld(cloud));
      cloud.scheduler.run();
      over = true;
      waitFor(cloud, cloud.settings.conditions().end());
      for (int i = 0; i < MAX_MOVES && !cloud.unprocessed.bodies().isEmpty(); i++) {
        cloud.trace.add("operator", () -> "moves back " + cloud.unprocessed.bodies().size());
        cloud.unprocessed.moveBack();
        cloud.scheduler.run();
      }
    }
  }

  /** The operator moves messages back when their cause is over. */
  private static void waitFor(Cloud cloud, Instant end) {
    if (cloud.clock.instant().isBefore(end)) {
      cloud.clock.advance(Duration.between(cloud.clock.instant(), end));
      cloud.scheduler.run();
    }
  }

  static Run of(
      long seed,
      SimulationSettings settings,
      Scenario scenario,
      Faults faults,
      Wiring wiring,
      boolean traced) {
    FirstPhaseFaults firstPhase = new FirstPhaseFaults(faults);
    Cloud cloud = new Cloud(seed, settings, firstPhase, wiring, traced);
    try {
      firstPhase.run(cloud, scenario);
    } catch (RuntimeException e) {
      return new Run(Verdict.broken(e), cloud.steps.names(), cloud.trace.lines());
    }
    Verdict verdict = new Checker(cloud).check();
    cloud.scheduler.close();
    return new Run(verdict, cloud.steps.names(), cloud.trace.lines());
  }
}

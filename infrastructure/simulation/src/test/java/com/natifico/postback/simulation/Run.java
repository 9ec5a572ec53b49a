package com.natifico.postback.simulation;

import java.util.List;

/**
 * One run of a scenario: the storm, until everything has come to rest; then the weather is fine, an
 * operator moves back what was left unprocessed, and once more everything comes to rest.
 *
 * @param steps the names of its steps, in their order
 * @param story empty unless it was to be told
 */
record Run(Verdict verdict, List<String> steps, List<String> story) {
  private static final int MOST_MOVES = 3;

  /** Faults that end with the storm. */
  private static final class Storm implements Faults {
    private final Faults faults;
    private boolean over;

    Storm(Faults faults) {
      this.faults = faults;
    }

    @Override
    public Fault at(Step step) {
      return over ? Fault.NONE : faults.at(step);
    }

    void rage(Cloud cloud, Scenario scenario) {
      scenario.tell(cloud, new OutsideWorld(cloud));
      cloud.scheduler.run();
      over = true;
      for (int i = 0; i < MOST_MOVES && !cloud.unprocessed.bodies().isEmpty(); i++) {
        cloud.story.tell("operator", () -> "moves back " + cloud.unprocessed.bodies().size());
        cloud.unprocessed.moveBack();
        cloud.scheduler.run();
      }
    }
  }

  static Run of(
      long seed,
      SimulationSettings settings,
      Scenario scenario,
      Faults faults,
      Wiring wiring,
      boolean told) {
    Storm storm = new Storm(faults);
    Cloud cloud = new Cloud(seed, settings, storm, wiring, told);
    try {
      storm.rage(cloud, scenario);
    } catch (RuntimeException e) {
      return new Run(Verdict.broken(e), cloud.steps.names(), cloud.story.lines());
    }
    Verdict verdict = new Checker(cloud).check();
    cloud.scheduler.close();
    return new Run(verdict, cloud.steps.names(), cloud.story.lines());
  }
}

package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Nothing is lost, at whichever step a worker dies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashPointsTest {
  private static final int SEEDS = 300;

  private final RunTotals totals = new RunTotals();
  private final CrashPoints crashes = new CrashPoints(totals);

  @BeforeAll
  void crashEverywhere() {
    crashes.run();
    System.out.println(totals.summary(0, crashes.points()) + ", " + totals.counts());
  }

  @Test
  void losesNothingAtAnyStep() {
    assertEquals(List.of(), totals.bad());
    assertTrue(crashes.points() > 3_000, "crash points: " + crashes.points());
  }

  /**
   * The scripts cover every side effect of the functions. A new side effect shows up in the seeds,
   * and then fails this test until a script covers it.
   */
  @Test
  void crashesEverySideEffectThatTheFunctionsHave() {
    Set<String> missing = new TreeSet<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      missing.addAll(Seeded.run(seed, Wiring.DEPLOYED, false).steps());
    }
    missing.removeAll(crashes.sideEffects());
    assertEquals(Set.of(), missing);
  }
}

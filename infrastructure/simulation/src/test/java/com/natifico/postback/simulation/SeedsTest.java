package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Nothing is lost, whatever faults occur; {@code mvn -Psimulation -Dseeds=100000} runs more seeds.
 */
final class SeedsTest {
  private static final int SEEDS = 2_000;

  @Test
  void keepsEveryPromise() {
    RunTotals totals = new RunTotals();
    for (long seed = 1; seed <= SEEDS; seed++) {
      totals.add("seed " + seed, Seeded.run(seed, Wiring.DEPLOYED, false));
    }
    System.out.println(totals.summary(SEEDS, 0) + ", " + totals.counts());
    assertEquals(List.of(), totals.bad());
  }
}

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
    Tally tally = new Tally();
    for (long seed = 1; seed <= SEEDS; seed++) {
      tally.add("seed " + seed, Seeded.run(seed, Wiring.DEPLOYED, false));
    }
    System.out.println(tally.summary(SEEDS, 0) + ", " + tally.counts());
    assertEquals(List.of(), tally.bad());
  }
}

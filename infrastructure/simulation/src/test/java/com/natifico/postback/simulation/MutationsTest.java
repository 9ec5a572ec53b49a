package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Shows that the simulation detects faults: each mutation is caught, and the output says by which
 * seed.
 */
final class MutationsTest {
  private static final int SEEDS = 2_000;

  @ParameterizedTest
  @EnumSource
  void catchesEveryMutation(Mutation mutation) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Verdict verdict = Seeded.run(seed, mutation, false).verdict();
      Optional<String> caught =
          Stream.concat(verdict.lost().stream(), verdict.violations().stream())
              .filter(what -> what.contains(mutation.caughtBy()))
              .findFirst();
      if (caught.isPresent() && Seeded.run(seed, mutation.baseline(), false).verdict().isGood()) {
        System.out.printf("%s is caught by seed %d: %s%n", mutation, seed, caught.get());
        return;
      }
    }
    fail(mutation + " is not caught by " + SEEDS + " seeds");
  }
}

package com.natifico.postback.simulation;

/** Tries. */
final class Simulation {
  private Simulation() {}

  public static void main(String[] arguments) {
    long from = Long.parseLong(arguments[0]);
    long to = Long.parseLong(arguments[1]);
    long start = System.nanoTime();
    int bad = 0;
    int steps = 0;
    int requests = 0;
    int duplicates = 0;
    for (long seed = from; seed <= to; seed++) {
      Run run;
      try {
        run = Seeded.run(seed, Wiring.RIGHT, from == to);
      } catch (RuntimeException | Error e) {
        System.out.println("seed " + seed);
        throw e;
      }
      run.story().forEach(System.out::println);
      steps += run.steps().size();
      requests += run.verdict().requests();
      duplicates += run.verdict().duplicates();
      if (!run.verdict().isGood()) {
        bad++;
        if (bad < 20) {
          System.out.println(
              "seed "
                  + seed
                  + " lost "
                  + run.verdict().lost()
                  + " violations "
                  + run.verdict().violations());
        }
      }
    }
    System.out.printf(
        "bad %d steps %d requests %d duplicates %d in %d ms%n",
        bad, steps, requests, duplicates, (System.nanoTime() - start) / 1_000_000);
  }
}

package com.natifico.postback.simulation;

/**
 * {@code mvn -Psimulation -Dseeds=100000}: all crash points and this number of seeds; {@code
 * -Dseed=17}: this seed, with its trace. The exit status is 1 if anything was lost or a promise was
 * broken.
 */
final class Simulation {
  private Simulation() {}

  public static void main(String[] arguments) {
    String seed = System.getProperty("seed", "");
    RunTotals totals = new RunTotals();
    if (seed.isEmpty()) {
      runAll(Long.parseLong(System.getProperty("seeds", "10000")), totals);
    } else {
      replay(Long.parseLong(seed), totals);
    }
    System.out.flush();
    System.exit(totals.isGood() ? 0 : 1);
  }

  private static void replay(long seed, RunTotals totals) {
    Run run = Seeded.run(seed, Wiring.DEPLOYED, true);
    totals.add("seed " + seed, run);
    run.trace().forEach(System.out::println);
    totals.bad().forEach(System.out::println);
    System.out.println(totals.summary(1, 0));
  }

  private static void runAll(long seeds, RunTotals totals) {
    int points = new CrashPoints(totals).run().points();
    for (long seed = 1; seed <= seeds; seed++) {
      totals.add("seed " + seed, Seeded.run(seed, Wiring.DEPLOYED, false));
    }
    totals.bad().forEach(System.out::println);
    System.out.println(totals.counts());
    System.out.println(totals.summary(seeds, points));
  }
}

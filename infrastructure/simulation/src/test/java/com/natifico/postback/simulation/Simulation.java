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
    Tally tally = new Tally();
    if (seed.isEmpty()) {
      runAll(Long.parseLong(System.getProperty("seeds", "10000")), tally);
    } else {
      replay(Long.parseLong(seed), tally);
    }
    System.out.flush();
    System.exit(tally.isGood() ? 0 : 1);
  }

  private static void replay(long seed, Tally tally) {
    Run run = Seeded.run(seed, Wiring.DEPLOYED, true);
    tally.add("seed " + seed, run);
    run.trace().forEach(System.out::println);
    tally.bad().forEach(System.out::println);
    System.out.println(tally.summary(1, 0));
  }

  private static void runAll(long seeds, Tally tally) {
    int points = new CrashPoints(tally).run().points();
    for (long seed = 1; seed <= seeds; seed++) {
      tally.add("seed " + seed, Seeded.run(seed, Wiring.DEPLOYED, false));
    }
    tally.bad().forEach(System.out::println);
    System.out.println(tally.counts());
    System.out.println(tally.summary(seeds, points));
  }
}

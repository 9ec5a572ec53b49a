package com.natifico.postback.simulation;

import java.util.ArrayList;
import java.util.List;

/** The totals of many runs. */
final class RunTotals {
  private static final int SHOWN = 20;

  private final List<String> bad = new ArrayList<>();
  private int lost;
  private int violations;
  private int duplicates;
  private long requests;
  private long deliveries;
  private long steps;

  void add(String name, Run run) {
    Verdict verdict = run.verdict();
    lost += verdict.lost().size();
    violations += verdict.violations().size();
    duplicates += verdict.duplicates();
    requests += verdict.requests();
    deliveries += verdict.deliveries();
    steps += run.steps().size();
    if (!verdict.isGood()) {
      bad.add(name + ": lost " + verdict.lost() + ", violations " + verdict.violations());
    }
  }

  /** The first runs that broke a promise. */
  List<String> bad() {
    return bad.subList(0, Math.min(SHOWN, bad.size()));
  }

  boolean isGood() {
    return bad.isEmpty();
  }

  /** The numbers of steps, deliveries and requests that were run. */
  String counts() {
    return "steps %d deliveries %d requests %d".formatted(steps, deliveries, requests);
  }

  /** The last line of a long run. */
  String summary(long seeds, int crashPoints) {
    return "seeds %d crash points %d lost %d violations %d duplicates %d"
        .formatted(seeds, crashPoints, lost, violations, duplicates);
  }
}

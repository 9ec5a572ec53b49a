package com.natifico.postback.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** One of the budgets' measurements. */
@FunctionalInterface
interface Benchmark {
  /**
   * Measures and tells what it found.
   *
   * @param root the project's root
   * @param out takes the tables; the figures are printed by the caller
   */
  List<Figure> run(Path root, PrintStream out) throws Exception;
}

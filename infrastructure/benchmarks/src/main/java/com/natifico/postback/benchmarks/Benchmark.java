package com.natifico.postback.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** A benchmark that measures one or more budgets. */
@FunctionalInterface
interface Benchmark {
  /**
   * Runs the benchmark and returns its figures.
   *
   * @param root the project's root
   * @param out receives the tables; the caller prints the figures
   */
  List<Figure> run(Path root, PrintStream out) throws Exception;
}

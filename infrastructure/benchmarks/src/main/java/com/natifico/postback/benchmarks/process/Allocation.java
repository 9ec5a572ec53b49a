package com.natifico.postback.benchmarks.process;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * The bytes that this thread allocates for an operation. Once the operation is compiled, they are
 * the same on every machine, regardless of load.
 */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Enough rounds for both compilers; the minimum is the value after compilation. */
  private static final int ROUNDS = 60;

  private static final int OPERATIONS = 1_000;

  private Allocation() {}

  public static double of(Runnable operation) {
    return of(OPERATIONS, operation);
  }

  /**
   * @param operations the number of operations per round
   */
  public static double of(int operations, Runnable operation) {
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < operations; i++) {
        operation.run();
      }
      double each = (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) operations;
      least = Math.min(least, each);
    }
    return least;
  }
}

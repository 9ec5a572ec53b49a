package com.natifico.postback.benchmarks.process;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The resources that this process used for an operation.
 *
 * @param cpuMicros of all threads, including garbage collection but not compilation
 * @param bytes allocated
 * @param wallMicros the wall time divided by the number of operations
 */
public record Usage(double cpuMicros, double bytes, double wallMicros) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Performs this number of operations. */
  @FunctionalInterface
  public interface Work {
    void run(int operations) throws Exception;
  }

  /** Two ways to do the same work. */
  public record Pair(Usage measured, Usage baseline) {
    /**
     * @param baselineName the name of the baseline
     */
    public String inWords(String baselineName) {
      return String.format(
          Locale.ROOT,
          "ours %.0f us CPU, %.0f bytes; %s %.0f us, %.0f bytes",
          measured.cpuMicros(),
          measured.bytes(),
          baselineName,
          baseline.cpuMicros(),
          baseline.bytes());
    }
  }

  /** Measures one run. */
  public static Usage of(int operations, Work work) throws Exception {
    long wall = System.nanoTime();
    long allocated = THREADS.getTotalThreadAllocatedBytes();
    ProcessorTime cpu = ProcessorTime.now();
    work.run(operations);
    return new Usage(
        ProcessorTime.now().nanosSince(cpu) / 1e3 / operations,
        (THREADS.getTotalThreadAllocatedBytes() - allocated) / (double) operations,
        (System.nanoTime() - wall) / 1e3 / operations);
  }

  /**
   * Runs both alternately, so that other load affects both equally. The first third of the rounds
   * warms up; returns the medians of the other rounds.
   */
  public static Pair compare(int rounds, int operations, Work measured, Work baseline)
      throws Exception {
    List<Usage> ours = new ArrayList<>();
    List<Usage> theirs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Usage a;
      Usage b;
      if (round % 2 == 0) {
        a = of(operations, measured);
        b = of(operations, baseline);
      } else {
        b = of(operations, baseline);
        a = of(operations, measured);
      }
      if (round >= rounds / 3) {
        ours.add(a);
        theirs.add(b);
      }
    }
    return new Pair(median(ours), median(theirs));
  }

  private static Usage median(List<Usage> usages) {
    return new Usage(
        median(usages, Usage::cpuMicros),
        median(usages, Usage::bytes),
        median(usages, Usage::wallMicros));
  }

  private static double median(List<Usage> usages, ToDoubleFunction<Usage> value) {
    double[] sorted = usages.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}

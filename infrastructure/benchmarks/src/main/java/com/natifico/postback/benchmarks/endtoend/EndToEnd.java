package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.benchmarks.Deployed;
import com.natifico.postback.benchmarks.Figure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Conversions accepted and callbacks delivered by the local stack, and by the {@linkplain IdealLoop
 * ideal loop} on the same engines, alternately in one process.
 *
 * <p>The system property {@code conversions} sets the sizes, {@code 1000,10000,50000}.
 */
public final class EndToEnd {
  private static final int BATCH = 100;

  /** An ad network pushes over few connections. */
  private static final int PUSHERS = 16;

  private static final int BATCH_PUSHERS = 2;
  private static final int WARM_UP = 1_000;

  /** Well below the capacity of two cores, so that no queue builds up. */
  private static final int PER_SECOND = 20;

  private static final int PACED = 200;

  private EndToEnd() {}

  /** See {@code Benchmark}. */
  public static List<Figure> run(Path root, PrintStream out) throws Exception {
    String given = System.getProperty("conversions", "");
    List<Integer> sizes =
        Arrays.stream((given.isBlank() ? "3000" : given).split(","))
            .map(Integer::valueOf)
            .sorted()
            .toList();
    List<Figure> figures = new ArrayList<>();
    out.printf("%-24s %12s %8s %8s %8s%n", "", "delivered/s", "us CPU", "p50 ms", "p99 ms");
    try (Stack stack = new Stack(root, Deployed.read(root).senderConcurrency())) {
      EndToEndRun.saturating(stack, stack.ours(), WARM_UP, 1, PUSHERS);
      EndToEndRun.saturating(stack, stack.ideal(), WARM_UP, 1, PUSHERS);
      int smallest = sizes.getFirst();
      figures.addAll(
          saturated(
              "single",
              row(
                  out,
                  "single, ours",
                  EndToEndRun.saturating(stack, stack.ours(), smallest, 1, PUSHERS)),
              row(
                  out,
                  "single, ideal",
                  EndToEndRun.saturating(stack, stack.ideal(), smallest, 1, PUSHERS))));
      for (int size : sizes) {
        EndToEndRun ours = EndToEndRun.saturating(stack, stack.ours(), size, BATCH, BATCH_PUSHERS);
        EndToEndRun ideal =
            EndToEndRun.saturating(stack, stack.ideal(), size, BATCH, BATCH_PUSHERS);
        row(out, "batch, " + size + ", ours", ours);
        row(out, "batch, " + size + ", ideal", ideal);
        if (size == sizes.getLast()) {
          figures.addAll(saturated("batch", ours, ideal));
        }
      }
      EndToEndRun ours =
          row(out, "paced, ours", EndToEndRun.paced(stack, stack.ours(), PACED, PER_SECOND));
      EndToEndRun ideal =
          row(out, "paced, ideal", EndToEndRun.paced(stack, stack.ideal(), PACED, PER_SECOND));
      figures.add(
          new Figure("end-to-end-paced-p50", ours.quantile(0.5), "ms", ideal.quantile(0.5), 3));
    }
    return figures;
  }

  private static List<Figure> saturated(String name, EndToEndRun ours, EndToEndRun ideal) {
    String figure = "end-to-end-" + name + "-";
    String unit = "us/conversion";
    return List.of(
        new Figure(figure + "delivered", ours.deliverMicros(), unit, ideal.deliverMicros(), 2.5),
        new Figure(figure + "cpu", ours.cpuMicros(), unit, ideal.cpuMicros(), 2.5));
  }

  private static EndToEndRun row(PrintStream out, String name, EndToEndRun run) {
    out.printf(
        Locale.ROOT,
        "%-24s %12.0f %8.0f %8.1f %8.1f%n",
        name,
        1e6 / run.deliverMicros(),
        run.cpuMicros(),
        run.quantile(0.5),
        run.quantile(0.99));
    return run;
  }
}

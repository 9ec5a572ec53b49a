package com.natifico.postback.benchmarks.endtoend;

import com.natifico.postback.benchmarks.Deployed;
import com.natifico.postback.benchmarks.Figure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Conversions accepted and callbacks delivered by the local stack, and by the {@linkplain IdealLoop
 * ideal loop} on the same engines, by turns in one process. Then what must not grow with the data.
 *
 * <p>The system property {@code conversions} names the sizes, {@code 1000,10000,50000}.
 */
public final class EndToEnd {
  private static final int BATCH = 100;

  /** As an ad network's few connections push. */
  private static final int PUSHERS = 16;

  private static final int BATCH_PUSHERS = 2;
  private static final int WARM_UP = 1_000;

  /** Well below what two cores can take, so that no queue builds up. */
  private static final int PER_SECOND = 20;

  private static final int PACED = 200;

  private final Path root;
  private final PrintStream out;
  private final Deployed deployed;

  private EndToEnd(Path root, PrintStream out) {
    this.root = root;
    this.out = out;
    this.deployed = Deployed.read(root);
  }

  /** See {@code Benchmark}. */
  public static List<Figure> run(Path root, PrintStream out) throws Exception {
    List<Figure> figures = new ArrayList<>(new EndToEnd(root, out).measure());
    figures.addAll(new Growth(out).measure());
    return figures;
  }

  private static List<Integer> sizes() {
    String given = System.getProperty("conversions", "");
    return Arrays.stream((given.isBlank() ? "1000,5000" : given).split(","))
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }

  private List<Figure> measure() throws Exception {
    List<Figure> figures = new ArrayList<>();
    out.printf(
        "%-34s %12s %12s %8s %8s %8s%n",
        "as fast as it goes", "accepted/s", "delivered/s", "us CPU", "p50 ms", "p99 ms");
    try (Stack stack =
        new Stack(
            root, "SenderBatchSize=10 SenderBatchWindowSeconds=0", deployed.senderConcurrency())) {
      Run.saturating(stack.ours(), stack.tracker(), WARM_UP, 1, PUSHERS);
      Run.saturating(stack.ideal(), stack.tracker(), WARM_UP, 1, PUSHERS);
      int smallest = sizes().getFirst();
      figures.addAll(saturated(stack, "single", smallest, 1, PUSHERS));
      for (int size : sizes()) {
        List<Figure> batched = saturated(stack, "batch", size, BATCH, BATCH_PUSHERS);
        figures.addAll(size == sizes().getLast() ? batched : List.of());
      }
      out.printf("%d pushed one by one, %d a second%n", PACED, PER_SECOND);
      Run ours = Run.paced(stack.ours(), stack.tracker(), PACED, PER_SECOND);
      Run ideal = Run.paced(stack.ideal(), stack.tracker(), PACED, PER_SECOND);
      row("ours", ours);
      row("ideal", ideal);
      figures.add(figure("end-to-end-paced-p50", ours, ideal, "ms", run -> run.quantile(0.5), 3));
      figures.add(figure("end-to-end-paced-p99", ours, ideal, "ms", run -> run.quantile(0.99), 3));
    }
    window();
    return figures;
  }

  /** With the batches that the template makes, which wait to become larger. */
  private void window() throws Exception {
    try (Stack stack = new Stack(root, "", deployed.senderConcurrency())) {
      Run.paced(stack.ours(), stack.tracker(), PACED / 4, PER_SECOND);
      row(
          "ours, batches of %d in up to %d s"
              .formatted(deployed.senderBatchSize(), deployed.senderWindow().toSeconds()),
          Run.paced(stack.ours(), stack.tracker(), PACED, PER_SECOND));
    }
  }

  private List<Figure> saturated(Stack stack, String name, int size, int together, int pushers)
      throws Exception {
    int rounds = Math.clamp(3_000 / size, 1, 3);
    List<Run> ours = new ArrayList<>();
    List<Run> ideal = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ours.add(Run.saturating(stack.ours(), stack.tracker(), size, together, pushers));
      ideal.add(Run.saturating(stack.ideal(), stack.tracker(), size, together, pushers));
    }
    Run our = median(ours);
    Run their = median(ideal);
    row(name + ", " + size + ", ours", our);
    row(name + ", " + size + ", ideal", their);
    String figure = "end-to-end-" + name + "-";
    return List.of(
        figure(figure + "accepted", our, their, "us/conversion", Run::acceptMicros, 2.5),
        figure(figure + "delivered", our, their, "us/conversion", Run::deliverMicros, 2.5),
        figure(figure + "cpu", our, their, "us/conversion", Run::cpuMicros, 2.5));
  }

  private static Run median(List<Run> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(Run::deliverMicros))
        .skip(runs.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private void row(String name, Run run) {
    out.printf(
        Locale.ROOT,
        "%-34s %12.0f %12.0f %8.0f %8.1f %8.1f%n",
        name,
        1e6 / run.acceptMicros(),
        1e6 / run.deliverMicros(),
        run.cpuMicros(),
        run.quantile(0.5),
        run.quantile(0.99));
  }

  private static Figure figure(
      String name, Run ours, Run ideal, String unit, ToDoubleFunction<Run> value, double budget) {
    return new Figure(name, value.applyAsDouble(ours), unit, value.applyAsDouble(ideal), budget);
  }
}

package com.natifico.postback.benchmarks.macros;

import com.natifico.postback.benchmarks.Figure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link MacroExpansions} in rounds, so that a busy machine slows all ways equally. */
public final class MacroExpansion {
  private static final int ROUNDS = Integer.getInteger("rounds", 2);
  private static final List<String> WAYS =
      List.of("ours", "commonsText", "handlebars", "copyPieces", "copyWhole");

  /** Nanoseconds of processor time of each iteration, and bytes allocated. */
  private record Samples(List<Double> nanos, List<Double> bytes) {
    Samples() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    /** The fastest iteration, because disturbances can only make pure computation slower. */
    double best() {
      return nanos.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double allocated() {
      return bytes.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }
  }

  private MacroExpansion() {}

  /** See {@code Benchmark}. */
  public static List<Figure> run(Path root, PrintStream out) throws RunnerException {
    Map<String, Samples> samples = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (RunResult result : measure()) {
        String key = result.getParams().getParam("scenario") + "." + way(result);
        Samples into = samples.computeIfAbsent(key, _ -> new Samples());
        result.getAggregatedResult().getIterationResults().stream()
            .map(iteration -> score(iteration.getSecondaryResults(), CpuTime.RESULT))
            .forEach(into.nanos::add);
        into.bytes.add(score(result.getSecondaryResults(), "gc.alloc.rate.norm"));
      }
    }
    for (MacroScenario scenario : MacroScenario.values()) {
      out.printf("%-8s %12s %10s%n", scenario, "ns", "bytes");
      for (String way : WAYS) {
        Samples of = of(samples, scenario, way);
        out.printf(Locale.ROOT, "  %-12s %6.1f %10.0f%n", way, of.best(), of.allocated());
      }
    }
    List<Figure> figures = new ArrayList<>();
    for (MacroScenario scenario : MacroScenario.values()) {
      String name = scenario.name().toLowerCase(Locale.ROOT);
      double ours = of(samples, scenario, "ours").best();
      double commons = of(samples, scenario, "commonsText").best();
      double copy = of(samples, scenario, "copyPieces").best();
      figures.add(
          new Figure("macros-" + name + "-commons-text", ours, "ns", commons, scenario.ofCommons));
      figures.add(new Figure("macros-" + name + "-copy", ours, "ns", copy, scenario.ofCopy));
      figures.add(
          new Figure(
              "macros-" + name + "-allocation",
              of(samples, scenario, "ours").allocated(),
              "bytes",
              of(samples, scenario, "copyPieces").allocated(),
              2));
    }
    return figures;
  }

  private static Samples of(Map<String, Samples> samples, MacroScenario scenario, String way) {
    return samples.getOrDefault(scenario.name() + "." + way, new Samples());
  }

  private static String way(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  private static Collection<RunResult> measure() throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(MacroExpansions.class.getName() + "[.]" + System.getProperty("ways", ""))
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(400))
                .measurementIterations(10)
                .measurementTime(TimeValue.milliseconds(120))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTime.class)
                .jvmArgs(
                    "-Xms256m",
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "--sun-misc-unsafe-memory-access=allow")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build())
        .run();
  }

  @SuppressWarnings("rawtypes") // JMH returns wildcard types.
  private static double score(Map<String, ? extends Result> results, String name) {
    return Objects.requireNonNull(results.get(name), name).getScore();
  }
}

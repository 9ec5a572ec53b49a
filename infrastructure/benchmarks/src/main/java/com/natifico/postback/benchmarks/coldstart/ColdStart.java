package com.natifico.postback.benchmarks.coldstart;

import com.natifico.postback.benchmarks.Figure;
import com.natifico.postback.benchmarks.lambda.BootedFunction;
import com.natifico.postback.benchmarks.lambda.BootedFunction.How;
import com.natifico.postback.benchmarks.lambda.BootedFunction.Timed;
import com.natifico.postback.benchmarks.lambda.Events;
import com.natifico.postback.benchmarks.lambda.Packages;
import com.natifico.postback.benchmarks.lambda.Packages.Name;
import com.natifico.postback.local.server.LoopbackServer;
import com.natifico.postback.local.server.LoopbackServer.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Starts every package under the runtime interface client on one core. Measures the time until it
 * requests its first event, and until it has responded to it with its real calls. Alternates with
 * the conversion function written in the usual way.
 */
public final class ColdStart {
  private static final String USUAL = "infrastructure/benchmarks-usual/target/usual.zip";
  private static final String USUAL_HANDLER =
      "com.natifico.postback.benchmarks.usual.UsualConversionFunction";

  /**
   * The first response from a primed snapshot, which is the default deployment, in milliseconds.
   */
  private static final double PRIMED_BUDGET = 55;

  private static final int WARM = 200;

  /**
   * The number of starts per round of the functions that are compared: single starts vary by more
   * than the ratio differs from its budget.
   */
  private static final int TURNS = 4;

  private final Path root;
  private final Packages packages;
  private final PrintStream out;
  private int pushed;

  private ColdStart(Path root, PrintStream out) {
    this.root = root;
    this.out = out;
    this.packages = new Packages(root);
  }

  /** See {@code Benchmark}. */
  public static List<Figure> run(Path root, PrintStream out) throws Exception {
    return new ColdStart(root, out).measure();
  }

  /**
   * The times of one start, in milliseconds.
   *
   * @param cpu the processor time up to the first response
   * @param warm the median of the later responses; NaN if there were none
   */
  private record Start(double init, double first, double cpu, double warm) {
    double sum() {
      return init + first;
    }
  }

  /** Creates a new event. */
  @FunctionalInterface
  private interface Event {
    String next();
  }

  private List<Figure> measure() throws IOException {
    int rounds = Integer.getInteger("rounds", 5);
    How how = How.asOnLambda(false).onOneCore();
    // Warms up the engines, whose first calls are slow.
    start(packages.boot(Name.CONVERSION, how), this::push, 0);

    List<Start> usual = new ArrayList<>();
    List<Start> conversion = new ArrayList<>();
    List<Start> primed = new ArrayList<>();
    List<Start> authorizer = new ArrayList<>();
    List<Start> api = new ArrayList<>();
    List<Start> sender = new ArrayList<>();
    try (LoopbackServer tracker = LoopbackServer.answering(_ -> Answer.of(200))) {
      String url = "http://127.0.0.1:" + tracker.port() + "/postback?cid=1";
      for (int round = 0; round < rounds; round++) {
        for (int turn = 0; turn < TURNS; turn++) {
          usual.add(start(usual(how), this::push, WARM));
          conversion.add(start(packages.boot(Name.CONVERSION, how), this::push, WARM));
        }
        primed.add(
            start(
                packages.boot(Name.CONVERSION, How.asOnLambda(true).onOneCore()),
                this::push,
                WARM));
        authorizer.add(
            start(
                packages.boot(Name.AUTHORIZER, how),
                () -> Events.authorize("npb_admin_x" + pushed++),
                0));
        api.add(start(packages.boot(Name.API, how), Events::list, 0));
        sender.add(start(packages.boot(Name.SENDER, how), () -> Events.callback(url), 0));
      }
    }
    out.printf("%-28s %8s %8s %8s %8s %8s%n", "ms", "init", "first", "sum", "CPU", "warm");
    row("usual conversion", usual);
    row("conversion", conversion);
    row("conversion, primed", primed);
    row("authorizer", authorizer);
    row("api", api);
    row("sender", sender);
    for (Name name : Name.values()) {
      Path zip = name.zip(root);
      out.printf(Locale.ROOT, "%s %.1f MB%n", zip.getFileName(), Files.size(zip) / 1e6);
    }
    return List.of(
        compared("conversion", conversion, usual, Start::sum, 0.65),
        compared("conversion-cpu", conversion, usual, Start::cpu, 0.65),
        compared(
            "first-after-priming",
            primed,
            conversion,
            Start::first,
            PRIMED_BUDGET / mean(conversion, Start::first)),
        compared("warm", conversion, usual, Start::warm, 1.00));
  }

  private static Figure compared(
      String name,
      List<Start> ours,
      List<Start> baseline,
      ToDoubleFunction<Start> value,
      double budget) {
    return new Figure("cold-start-" + name, mean(ours, value), "ms", mean(baseline, value), budget);
  }

  private String push() {
    return Events.push("c-" + pushed++);
  }

  private BootedFunction usual(How how) throws IOException {
    return new BootedFunction(root.resolve(USUAL), USUAL_HANDLER, packages.environment(), how);
  }

  private static Start start(BootedFunction booting, Event event, int warm) throws IOException {
    try (BootedFunction function = booting) {
      double init = function.ready();
      if (function.isSnapStart()) {
        function.restore();
      }
      double first = millis(function, event);
      double cpu = function.cpuMillis();
      double[] later = new double[warm];
      for (int i = 0; i < warm; i++) {
        later[i] = millis(function, event);
      }
      Arrays.sort(later);
      return new Start(init, first, cpu, warm == 0 ? Double.NaN : later[warm / 2]);
    }
  }

  private static double millis(BootedFunction function, Event event) {
    Timed answer = function.invoke(event.next());
    if (answer.failed() || answer.body().contains("\"statusCode\":5")) {
      throw new IllegalStateException(answer.body() + "\n" + function.output());
    }
    return answer.millis();
  }

  private void row(String name, List<Start> starts) {
    double warm = mean(starts, Start::warm);
    out.printf(
        Locale.ROOT,
        "%-28s %8.0f %8.0f %8.0f %8.0f %8s%n",
        name,
        mean(starts, Start::init),
        mean(starts, Start::first),
        mean(starts, Start::sum),
        mean(starts, Start::cpu),
        Double.isNaN(warm) ? "-" : String.format(Locale.ROOT, "%.1f", warm));
  }

  /**
   * The mean without the fastest and the slowest tenth. The machine's speed varies by the minute,
   * and the medians of two alternating functions can come from different minutes.
   */
  private static double mean(List<Start> starts, ToDoubleFunction<Start> value) {
    double[] sorted =
        starts.stream()
            .mapToDouble(value)
            .filter(measured -> !Double.isNaN(measured))
            .sorted()
            .toArray();
    int without = sorted.length / 10;
    return Arrays.stream(sorted, without, sorted.length - without).average().orElse(Double.NaN);
  }
}

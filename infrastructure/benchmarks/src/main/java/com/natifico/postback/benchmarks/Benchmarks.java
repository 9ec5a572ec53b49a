package com.natifico.postback.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.natifico.postback.benchmarks.coldstart.ColdStart;
import com.natifico.postback.benchmarks.conversion.Accepting;
import com.natifico.postback.benchmarks.cost.Cost;
import com.natifico.postback.benchmarks.endtoend.EndToEnd;
import com.natifico.postback.benchmarks.macros.MacroExpansion;
import com.natifico.postback.benchmarks.pace.PaceOfABulk;
import com.natifico.postback.benchmarks.process.Child;
import com.natifico.postback.benchmarks.regression.Regression;
import com.natifico.postback.benchmarks.sender.Sending;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code mvn -Pbenchmarks -Dbenchmark=NAME}; runs all benchmarks without the property. Each prints
 * the machine, its tables, and one line per figure.
 */
public final class Benchmarks {
  private Benchmarks() {}

  private static Map<String, Benchmark> all() {
    Map<String, Benchmark> all = new LinkedHashMap<>();
    all.put("macros", MacroExpansion::run);
    all.put("conversion", Accepting::run);
    all.put("sender", Sending::run);
    all.put("cold-start", ColdStart::run);
    all.put("cost", Cost::run);
    all.put("end-to-end", EndToEnd::run);
    all.put("pace", PaceOfABulk::run);
    all.put("regression", Regression::run);
    return all;
  }

  /**
   * @param arguments the project's root; the benchmark's name, or none to run all
   */
  @SuppressWarnings(
      "CatchAndPrintStackTrace") // A program without a logger reports its failure on the console.
  public static void main(String[] arguments) {
    int status = 1;
    try {
      status = run(Path.of(arguments[0]), arguments.length > 1 ? arguments[1] : "", System.out);
    } catch (Throwable e) {
      e.printStackTrace();
    } finally {
      // The engines' threads would keep the process alive.
      Runtime.getRuntime().halt(status);
    }
  }

  private static int run(Path root, String name, PrintStream out) throws Exception {
    Map<String, Benchmark> all = all();
    if (name.isEmpty()) {
      return each(root, all.keySet());
    }
    Benchmark benchmark = all.get(name);
    if (benchmark == null) {
      out.println("There is no benchmark " + name + "; there are " + all.keySet() + ".");
      return 2;
    }
    // Suppresses the functions' log lines and metrics, which go to Lambda's log in production.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    out.println("== " + name);
    out.println(Machine.header());
    benchmark.run(root, out).forEach(figure -> out.println(figure.line()));
    out.flush();
    return 0;
  }

  /**
   * Runs each benchmark in a separate process, so that compiled code and heap size do not affect
   * the next.
   */
  private static int each(Path root, Set<String> names) throws Exception {
    int worst = 0;
    for (String name : names) {
      List<String> command = new ArrayList<>(List.of(Child.java()));
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(Benchmarks.class.getName(), root.toString(), name));
      worst = Math.max(worst, new ProcessBuilder(command).inheritIO().start().waitFor());
    }
    return worst;
  }
}

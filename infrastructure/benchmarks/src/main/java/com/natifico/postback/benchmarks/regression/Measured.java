package com.natifico.postback.benchmarks.regression;

import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.aws.testing.Pipeline;
import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.benchmarks.conversion.Handler;
import com.natifico.postback.benchmarks.conversion.Pushes;
import com.natifico.postback.benchmarks.lambda.BootedFunction;
import com.natifico.postback.benchmarks.lambda.BootedFunction.How;
import com.natifico.postback.benchmarks.lambda.BootedFunction.Timed;
import com.natifico.postback.benchmarks.lambda.Events;
import com.natifico.postback.benchmarks.lambda.Packages;
import com.natifico.postback.benchmarks.lambda.Packages.Name;
import com.natifico.postback.benchmarks.macros.MacroScenario;
import com.natifico.postback.benchmarks.process.Allocation;
import com.natifico.postback.conversion.ConversionMacros;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.macro.Template;
import com.natifico.postback.testing.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Measures all values; takes a few seconds. */
final class Measured {
  private static final String AFFILIATE = "77";
  private static final int BATCH = 100;
  private static final int BATCHES = 10;

  private final Map<String, Double> values = new LinkedHashMap<>();

  private Measured() {}

  /**
   * The values by name, in the order of the file.
   *
   * @param root the project's root, with everything built
   */
  static Map<String, Double> of(Path root) throws IOException {
    Measured measured = new Measured();
    measured.callsAndUnits();
    measured.allocation();
    measured.classes(root);
    measured.zips(root);
    return measured.values;
  }

  /** Measures calls and units per conversion, from push to record, in a warm function. */
  private void callsAndUnits() {
    Pipeline pipeline =
        new Pipeline(
            SqsTestEngine.shared(),
            Duration.ofHours(1),
            new ScriptedTransport(),
            RetrySchedule.parse("1m"),
            InstantSource.system());
    pipeline.givenPostbacks(AFFILIATE, "one", 1);
    pipeline.givenPostbacks(AFFILIATE, "ten", 10);
    pipeline.push(AFFILIATE, "one", "warm-one", 1);
    pipeline.push(AFFILIATE, "ten", "warm-ten", 1);
    pipeline.deliver();
    bill("single-accepting", pipeline.push(AFFILIATE, "one", "single", 1), 1);
    bill("single-sending", pipeline.deliver().bill(), 1);
    bill("ten-callbacks-accepting", pipeline.push(AFFILIATE, "ten", "ten", 1), 1);
    bill("ten-callbacks-sending", pipeline.deliver().bill(), 1);
    bill("batch-accepting", pipeline.push(AFFILIATE, "one", "batch", BATCH), BATCH);
    bill("batch-sending", pipeline.deliver().bill(), BATCH);
  }

  private void bill(String name, Bill bill, double conversions) {
    int calls = bill.calls().values().stream().mapToInt(Integer::intValue).sum();
    values.put("calls-" + name, calls / conversions);
    values.put("write-units-" + name, bill.writeUnits() / conversions);
    values.put("read-units-" + name, bill.readUnits() / conversions);
  }

  private void allocation() {
    ConversionMacros conversion = MacroScenario.conversion();
    for (MacroScenario scenario : MacroScenario.values()) {
      Template template = scenario.template();
      values.put(
          "bytes-expansion-" + scenario.name().toLowerCase(Locale.ROOT),
          Allocation.of(() -> template.expand(conversion)));
    }
    Pushes pushes = Handler.pushes();
    values.put("bytes-conversion-single", Allocation.of(pushes::single));
    values.put("bytes-conversion-batch", Allocation.of(BATCHES, () -> pushes.batch(BATCH)) / BATCH);
  }

  /** Measures the loaded classes of the conversion function on Lambda's runtime. */
  private void classes(Path root) throws IOException {
    Packages packages = new Packages(root);
    How how = How.asOnLambda(false).listingClasses();
    try (BootedFunction function = packages.boot(Name.CONVERSION, how)) {
      function.ready();
      values.put("classes-at-start", (double) function.loadedClasses().size());
      Timed answer = function.invoke(Events.push("regression"));
      if (answer.failed() || !answer.body().contains("\"statusCode\":202")) {
        throw new IllegalStateException(answer.body());
      }
      values.put("classes-at-first-response", (double) function.loadedClasses().size());
    }
  }

  private void zips(Path root) throws IOException {
    for (Name name : Name.values()) {
      Path zip = name.zip(root);
      values.put("zip-" + name.name().toLowerCase(Locale.ROOT), (double) Files.size(zip));
    }
  }
}

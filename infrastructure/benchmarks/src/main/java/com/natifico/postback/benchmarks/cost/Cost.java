package com.natifico.postback.benchmarks.cost;

import com.natifico.postback.benchmarks.Deployed;
import com.natifico.postback.benchmarks.Figure;
import com.natifico.postback.benchmarks.conversion.Accepting;
import com.natifico.postback.benchmarks.cost.Bench.Additional;
import com.natifico.postback.benchmarks.cost.Model.Bill;
import com.natifico.postback.benchmarks.cost.Model.Feed;
import com.natifico.postback.benchmarks.process.Usage;
import com.natifico.postback.benchmarks.sender.Sending;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints the dollars per million conversions, and the assumptions. */
public final class Cost {
  private static final int BATCH = 100;

  /** The usual response time of a tracker. */
  private static final double TRACKER_SECONDS = 0.300;

  /** The timeout of an attempt. */
  private static final double TIMEOUT_SECONDS = 10;

  /** The postbacks that a batch of changes is about, in the budget of the statistics. */
  private static final int USUAL_POSTBACKS = 50;

  private static final Counted.Consumed NOTHING = new Counted.Consumed(0, 0, 0);

  private final Model model;
  private final Prices prices;
  private final Deployed deployed;
  private final double utilisation;
  private final PrintStream out;

  private Cost(Model model, double utilisation, PrintStream out) {
    this.model = model;
    this.prices = model.prices();
    this.deployed = model.deployed();
    this.utilisation = utilisation;
    this.out = out;
  }

  /** See {@code Benchmark}. */
  public static List<Figure> run(Path root, PrintStream out) throws Exception {
    Deployed deployed = Deployed.read(root);
    Usage sending = Sending.usage(deployed.senderBatchSize());
    List<Usage> accepting = Accepting.usages();
    Model model =
        new Model(
            Prices.read(),
            deployed,
            accepting.get(0).cpuMicros() / 1e6,
            accepting.get(1).cpuMicros() / 1e6,
            sending.cpuMicros() / 1e6);
    return new Cost(model, Deployed.tableUtilisation(root), out).measure();
  }

  private List<Figure> measure() {
    Bench bench = new Bench();
    Counted single = bench.delivered(1, Bench.ONE);
    Counted batched = bench.delivered(BATCH, Bench.ONE);
    Counted singleTen = bench.delivered(1, Bench.TEN);
    Counted batchedTen = bench.delivered(BATCH, Bench.TEN);
    Additional retry = bench.retriedOnce();
    Additional dead = bench.failedForGood();
    Feed full = new Feed(deployed.senderBatchSize(), TRACKER_SECONDS);

    out.printf(
        Locale.ROOT,
        "prices of %s; by template.yaml the conversion function has %d MB, the sender %d MB and"
            + " batches of up to %d in up to %d s; trackers answer in %.0f ms; processor time,"
            + " measured here: a conversion %.0f us single and %.0f us in batches, a delivery"
            + " %.0f us%n",
        Prices.FILE,
        deployed.conversionMegabytes(),
        deployed.senderMegabytes(),
        deployed.senderBatchSize(),
        deployed.senderWindow().toSeconds(),
        TRACKER_SECONDS * 1000,
        model.singleCpu() * 1e6,
        model.batchCpu() * 1e6,
        model.senderCpu() * 1e6);
    out.printf(
        "%-58s %7s %9s %8s %6s %8s %7s %11s%n",
        "dollars per million conversions",
        "gateway",
        "accepting",
        "DynamoDB",
        "SQS",
        "sending",
        "total",
        "provisioned");
    Bill one = row("single, 1 callback", single, 1, full);
    Bill many = row("batches of 100, 1 callback", batched, BATCH, full);
    row(
        "single, 1 callback, sender one by one (a trickle)",
        single,
        1,
        new Feed(1, TRACKER_SECONDS));
    row("batches of 100, 1 callback, sender in tens", batched, BATCH, new Feed(10, 0.3));
    row("single, 10 callbacks", singleTen, 1, full);
    row("batches of 100, 10 callbacks", batchedTen, BATCH, full);
    row(
        "single, 1 callback, 10 % retried once",
        single.plus(0.1, retry.consumed(), retry.messages()), 1, full);
    row(
        "batches of 100, 1 callback, 10 % retried once",
        batched.plus(0.1, retry.consumed(), retry.messages()), BATCH, full);
    row(
        "batches of 100, a tracker of 1 % dead for two days",
        batched.plus(0.01, dead.consumed(), dead.messages()), BATCH, full);
    hanging(batched);
    out.printf(
        Locale.ROOT,
        "a delivery that fails through the whole schedule: %.1f write units, %.1f read units,"
            + " %.1f sends, %.1f messages%n",
        dead.consumed().writeUnits(),
        dead.consumed().readUnits(),
        dead.consumed().sends(),
        dead.messages());
    Bill exhausted =
        row(
            "a delivery that fails through the whole schedule",
            new Counted(0, NOTHING, dead.consumed(), dead.messages()),
            BATCH,
            full);
    double counting = counting(bench);
    prices
        .others()
        .forEach((name, price) -> out.printf(Locale.ROOT, "%-58s %59.2f%n", name, price));
    memory(single, batched, full);
    steps(batched, full);
    double other = prices.of("other.EventBridge-API-destinations");
    return List.of(
        new Figure("cost-single", one.total(), "dollars/million", other, 3.30 / other),
        new Figure("cost-batches-of-100", many.total(), "dollars/million", other, 1.70 / other),
        new Figure(
            "cost-batches-of-100-provisioned",
            provisioned(batched, BATCH, full),
            "dollars/million",
            other,
            0.95 / other),
        new Figure("cost-statistics", counting, "dollars/million", other, 0.05 / other),
        new Figure("cost-exhausted", exhausted.total(), "dollars/million", other, 20 / other));
  }

  /** Prints the cost of the statistics for several numbers of postbacks in a batch. */
  private double counting(Bench bench) {
    int batch = deployed.statisticsBatchSize();
    for (int postbacks : new int[] {1, USUAL_POSTBACKS, 200, batch}) {
      out.printf(
          Locale.ROOT,
          "statistics, batches of %d changes of %d postbacks %.3f%n",
          batch,
          postbacks,
          model.counting(bench.counting(batch, postbacks)));
    }
    return model.counting(bench.counting(batch, USUAL_POSTBACKS));
  }

  /** Attempts that time out delay their batch; none are made while the circuit breaker is open. */
  private void hanging(Counted counted) {
    double perAttempt = model.sending(new Feed(deployed.senderBatchSize(), TIMEOUT_SECONDS));
    out.printf(
        Locale.ROOT,
        "a hanging tracker: %.2f per million attempts that time out, all in full batches; after two"
            + " the circuit breaker opens, up to 8 minutes a time, so a worker makes about 8 an"
            + " hour%n",
        perAttempt);
    row(
        "batches of 100, each batch of the sender has one that hangs",
        counted,
        BATCH,
        new Feed(deployed.senderBatchSize(), TIMEOUT_SECONDS));
  }

  /** Prints possible reductions of the cost and their disadvantages. */
  private void steps(Counted batched, Feed full) {
    Bill now = model.bill(batched, BATCH, full);
    out.println("further down, from batches of 100:");
    double read = batched.sending().readUnits() * prices.of("dynamodb.read-units");
    step(
        now.total() - read,
        "no read before a first attempt: a message that the queue hands out"
            + " twice is then sent twice");
    step(now.total() - read / 2, "that read eventually consistent: the same window, a second long");
    double fair = model.fair(batched, full.batch());
    step(now.total() - fair, "no fair queue: one slow tracker delays all others");
    step(
        now.total() - prices.of("dynamodb.write-units"),
        "one row for claim and log of a single callback: listing"
            + " deliveries by affiliate and time needs an index, which is written as well");
    step(
        provisioned(batched, BATCH, full),
        "provisioned tables (TableBillingMode): a peak that is steeper than the scaling is throttled,"
            + " so its callbacks are late");
  }

  private void step(double total, String what) {
    out.printf(Locale.ROOT, "  %.2f  %s%n", total, what);
  }

  private Bill row(String name, Counted counted, int pushBatch, Feed feed) {
    Bill bill = model.bill(counted, pushBatch, feed);
    out.printf(
        Locale.ROOT,
        "%-58s %7.2f %9.2f %8.2f %6.2f %8.2f %7.2f %11.2f%n",
        name,
        bill.gateway(),
        bill.accepting(),
        bill.dynamoDb(),
        bill.sqs(),
        bill.sending(),
        bill.total(),
        provisioned(counted, pushBatch, feed));
    return bill;
  }

  /** The total at a steady load, with tables that scale to the template's utilisation. */
  private double provisioned(Counted counted, int pushBatch, Feed feed) {
    return model.bill(counted, pushBatch, feed, model.provisioned(utilisation)).total();
  }

  /** Prints the cost and the processing time of other sizes of the functions. */
  private void memory(Counted single, Counted batched, Feed feed) {
    out.println("other sizes of both functions:");
    for (int megabytes : new int[] {256, 384, 512, 1024, 1769}) {
      Model other = model.with(megabytes);
      out.printf(
          Locale.ROOT,
          "  %4d MB: single %.2f, batches of 100 %.2f; a conversion computes %.1f ms, a full batch"
              + " of the sender %.0f ms%n",
          megabytes,
          other.bill(single, 1, feed).total(),
          other.bill(batched, BATCH, feed).total(),
          1e3 * Model.computing(model.singleCpu(), megabytes),
          1e3 * Model.computing(feed.batch() * model.senderCpu(), megabytes));
    }
  }
}

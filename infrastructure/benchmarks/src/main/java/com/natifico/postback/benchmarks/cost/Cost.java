package com.natifico.postback.benchmarks.cost;

import com.natifico.postback.benchmarks.Figure;
import com.natifico.postback.benchmarks.conversion.Accepting;
import com.natifico.postback.benchmarks.cost.Bench.Additional;
import com.natifico.postback.benchmarks.process.Usage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Dollars per million conversions. What is assumed is printed with it. */
public final class Cost {
  private static final int BATCH = 100;

  /** What template.yaml gives the functions. */
  private static final double GIGABYTES = 0.5;

  /** Lambda gives a whole processor at 1,769 MB. */
  private static final double PROCESSORS = 512 / 1769.0;

  /** A tracker's usual answer, and DynamoDB's and SQS's in their own region. */
  private static final double TRACKER_SECONDS = 0.300;

  private static final double DYNAMO_DB_SECONDS = 0.003;
  private static final double SQS_SECONDS = 0.008;

  /** The end of an attempt that hangs. */
  private static final double TIMEOUT_SECONDS = 10;

  /** Of the sender, per delivery, as its benchmark says, log included. */
  private static final double SENDER_CPU_SECONDS = 0.0005;

  private final Prices prices;
  private final PrintStream out;
  private final double singleCpu;
  private final double batchCpu;

  private Cost(Prices prices, PrintStream out, List<Usage> accepting) {
    this.prices = prices;
    this.out = out;
    this.singleCpu = accepting.get(0).cpuMicros() / 1e6;
    this.batchCpu = accepting.get(1).cpuMicros() / 1e6;
  }

  /** See {@code Benchmark}. */
  public static List<Figure> run(Path root, PrintStream out) throws Exception {
    return new Cost(Prices.read(), out, Accepting.usages()).measure();
  }

  /** How the sender is fed. */
  private record Feed(int batch, double trackerSeconds) {}

  /** Where the money goes, per million conversions. */
  private record Bill(
      double gateway, double accepting, double dynamoDb, double sqs, double sending) {
    double total() {
      return gateway + accepting + dynamoDb + sqs + sending;
    }
  }

  private List<Figure> measure() {
    Bench bench = new Bench();
    Counted single = bench.delivered(1, Bench.ONE);
    Counted batched = bench.delivered(BATCH, Bench.ONE);
    Counted singleTen = bench.delivered(1, Bench.TEN);
    Counted batchedTen = bench.delivered(BATCH, Bench.TEN);
    Additional retry = bench.retriedOnce();
    Additional dead = bench.failedForGood();
    Feed tens = new Feed(10, TRACKER_SECONDS);
    Feed hundreds = new Feed(100, TRACKER_SECONDS);

    out.printf(
        Locale.ROOT,
        "prices of %s; functions of 512 MB; trackers answer in %.0f ms; the conversion function"
            + " uses %.0f us CPU single and %.0f us in batches, measured here%n",
        Prices.FILE,
        TRACKER_SECONDS * 1000,
        singleCpu * 1e6,
        batchCpu * 1e6);
    out.printf(
        "%-58s %7s %9s %8s %6s %8s %7s%n",
        "dollars per million conversions", "gateway", "accepting", "DynamoDB", "SQS", "sending",
        "total");
    Bill one = row("single, 1 callback, sender in tens", single, 1, tens);
    Bill many = row("batches of 100, 1 callback, sender in tens", batched, BATCH, tens);
    row("single, 1 callback, sender one by one (a trickle)", single, 1, new Feed(1, 0.3));
    row("batches of 100, 1 callback, sender in hundreds", batched, BATCH, hundreds);
    row("single, 10 callbacks, sender in tens", singleTen, 1, tens);
    row("batches of 100, 10 callbacks, sender in tens", batchedTen, BATCH, tens);
    row(
        "single, 1 callback, 10 % retried once",
        single.plus(0.1, retry.consumed(), retry.messages()),
        1,
        tens);
    row(
        "batches of 100, 1 callback, 10 % retried once",
        batched.plus(0.1, retry.consumed(), retry.messages()),
        BATCH,
        tens);
    row(
        "batches of 100, a tracker of 1 % dead for two days",
        batched.plus(0.01, dead.consumed(), dead.messages()),
        BATCH,
        tens);
    hanging(batched);
    out.printf(
        Locale.ROOT,
        "a delivery that fails through the whole schedule: %.0f write units, %.0f read units,"
            + " %.0f sends, %d messages%n",
        dead.consumed().writeUnits(),
        dead.consumed().readUnits(),
        dead.consumed().sends(),
        dead.messages());
    prices.others().forEach((name, price) -> out.printf(Locale.ROOT, "%-58s %59.2f%n", name, price));
    steps(batched, hundreds);
    double other = prices.of("other.EventBridge-API-destinations");
    return List.of(
        new Figure("cost-single", one.total(), "dollars/million", other, 3.30 / other),
        new Figure("cost-batches-of-100", many.total(), "dollars/million", other, 1.70 / other));
  }

  /** Attempts that end by the timeout hold their batch, and are not made while the endpoint rests. */
  private void hanging(Counted counted) {
    double perAttempt =
        1e6 * gigabyteSeconds(TIMEOUT_SECONDS + 2 * DYNAMO_DB_SECONDS) / 10
            * prices.of("lambda.arm64.gigabyte-second-each");
    out.printf(
        Locale.ROOT,
        "a hanging tracker: %.2f per million attempts that time out, ten in a batch; after two the"
            + " endpoint rests, up to 8 minutes a time, so a worker makes some 8 an hour%n",
        perAttempt);
    row(
        "batches of 100, 1 % of first attempts hang, each alone in its ten",
        counted,
        BATCH,
        new Feed(10, 0.9 * TRACKER_SECONDS + 0.1 * TIMEOUT_SECONDS));
  }

  /** What would take it further down, and what it would cost otherwise. */
  private void steps(Counted batched, Feed hundreds) {
    Bill now = bill(batched, BATCH, hundreds);
    out.println("further down, from batches of 100 and a sender in hundreds:");
    double read = batched.sending().readUnits() * prices.of("dynamodb.read-units");
    step(now.total() - read, "no read before a first attempt: a message that the queue hands out"
        + " twice is then sent twice");
    step(now.total() - read / 2, "that read eventually consistent: the same window, a second long");
    double fair = fair(batched, hundreds.batch());
    step(now.total() - fair, "no fair queue: one slow tracker delays everybody behind it");
    double write = prices.of("dynamodb.write-units");
    step(now.total() - write, "one row for claim and log of a single callback: nobody can list"
        + " deliveries by affiliate and time without an index, which is written as well");
    step(now.total() - 0.5 * 2 * write, "provisioned capacity used to 75 %: about half the price of"
        + " writes, throttled where a peak is steeper than the scaling");
  }

  private void step(double total, String what) {
    out.printf(Locale.ROOT, "  %.2f  %s%n", total, what);
  }

  private Bill row(String name, Counted counted, int pushBatch, Feed feed) {
    Bill bill = bill(counted, pushBatch, feed);
    out.printf(
        Locale.ROOT,
        "%-58s %7.2f %9.2f %8.2f %6.2f %8.2f %7.2f%n",
        name,
        bill.gateway(),
        bill.accepting(),
        bill.dynamoDb(),
        bill.sqs(),
        bill.sending(),
        bill.total());
    return bill;
  }

  private Bill bill(Counted counted, int pushBatch, Feed feed) {
    double cpu = pushBatch == 1 ? singleCpu : batchCpu;
    double acceptingSeconds =
        (DYNAMO_DB_SECONDS + SQS_SECONDS) / pushBatch + cpu / PROCESSORS;
    Counted.Consumed consumed = counted.accepting().plus(counted.sending());
    return new Bill(
        counted.httpRequests() * prices.of("http-api.requests"),
        lambda(counted.httpRequests(), acceptingSeconds),
        consumed.writeUnits() * prices.of("dynamodb.write-units")
            + consumed.readUnits() * prices.of("dynamodb.read-units"),
        requests(counted, feed.batch()) * prices.of("sqs.requests") + fair(counted, feed.batch()),
        counted.messages()
            * lambda(
                1.0 / feed.batch(),
                (feed.trackerSeconds() + 2 * DYNAMO_DB_SECONDS) / feed.batch()
                    + SENDER_CPU_SECONDS / PROCESSORS));
  }

  /** The mapping receives and deletes at most ten messages with a request. */
  private static double requests(Counted counted, int batch) {
    return counted.accepting().sends()
        + counted.sending().sends()
        + 2 * counted.messages() / Math.min(batch, 10);
  }

  private double fair(Counted counted, int batch) {
    return requests(counted, batch) * prices.of("sqs.fair-queue.requests");
  }

  private double lambda(double invocations, double seconds) {
    return invocations * prices.of("lambda.requests")
        + 1e6 * gigabyteSeconds(seconds) * prices.of("lambda.arm64.gigabyte-second-each");
  }

  private static double gigabyteSeconds(double seconds) {
    return GIGABYTES * seconds;
  }
}

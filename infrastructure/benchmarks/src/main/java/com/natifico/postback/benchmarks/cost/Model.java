package com.natifico.postback.benchmarks.cost;

import com.natifico.postback.benchmarks.Deployed;

/**
 * Converts counted and measured usage to dollars.
 *
 * @param singleCpu the processor seconds of a conversion pushed singly
 * @param batchCpu the processor seconds of a conversion in batches of 100
 * @param senderCpu the processor seconds of a delivery
 */
record Model(
    Prices prices, Deployed deployed, double singleCpu, double batchCpu, double senderCpu) {
  /**
   * The memory at which Lambda provides a whole processor; less memory provides a proportional
   * part.
   */
  private static final double MEGABYTES_OF_A_PROCESSOR = 1769;

  /** The response times of DynamoDB and SQS within a region. */
  private static final double DYNAMO_DB_SECONDS = 0.003;

  private static final double SQS_SECONDS = 0.008;

  /**
   * The processor time for reading one change from JSON: about 4 KB at 100 MB/s, and as much for
   * the row.
   */
  private static final double COUNTING_CPU_SECONDS = 0.000_08;

  /** The batch size of the sender and the speed of its trackers. */
  record Feed(int batch, double trackerSeconds) {}

  /** The cost by component, per million conversions. */
  record Bill(double gateway, double accepting, double dynamoDb, double sqs, double sending) {
    double total() {
      return gateway + accepting + dynamoDb + sqs + sending;
    }
  }

  /** What a million write units and a million read units cost. */
  record Tables(double writes, double reads) {}

  /** Tables that are billed by request. */
  Tables onDemand() {
    return new Tables(prices.of("dynamodb.write-units"), prices.of("dynamodb.read-units"));
  }

  /**
   * Tables whose capacity is paid for by the hour.
   *
   * @param utilisation the part of the capacity that is used
   */
  Tables provisioned(double utilisation) {
    double unitsOfAnHour = 3600 * utilisation;
    return new Tables(
        1e6 * prices.of("dynamodb.write-capacity-hours-each") / unitsOfAnHour,
        1e6 * prices.of("dynamodb.read-capacity-hours-each") / unitsOfAnHour);
  }

  private static Counted.Consumed consumed(Counted counted) {
    return counted.accepting().plus(counted.sending());
  }

  /**
   * The cost of such conversions, pushed in batches of this size, with tables billed by request.
   */
  Bill bill(Counted counted, int pushBatch, Feed feed) {
    return bill(counted, pushBatch, feed, onDemand());
  }

  /** The same with other tables. */
  Bill bill(Counted counted, int pushBatch, Feed feed, Tables tables) {
    double cpu = pushBatch == 1 ? singleCpu : batchCpu;
    double waiting = (DYNAMO_DB_SECONDS + SQS_SECONDS) / pushBatch;
    return new Bill(
        counted.httpRequests() * prices.of("http-api.requests"),
        lambda(counted.httpRequests(), deployed.conversionMegabytes(), waiting, cpu),
        tables.writes() * consumed(counted).writeUnits()
            + tables.reads() * consumed(counted).readUnits(),
        requests(counted, feed.batch()) * prices.of("sqs.requests") + fair(counted, feed.batch()),
        counted.messages() * sending(feed));
  }

  /** The sender's cost, per million deliveries. */
  double sending(Feed feed) {
    return lambda(
        1.0 / feed.batch(),
        deployed.senderMegabytes(),
        (feed.trackerSeconds() + 2 * DYNAMO_DB_SECONDS) / feed.batch(),
        senderCpu);
  }

  /**
   * The cost of counting, per million changes. Lambda reads the stream without charge. The writes
   * of a batch follow each other.
   */
  double counting(Bench.Counting counting) {
    return counting.writeUnits() * prices.of("dynamodb.write-units")
        + lambda(
            1.0 / counting.batch(),
            deployed.statisticsMegabytes(),
            counting.writes() * DYNAMO_DB_SECONDS,
            COUNTING_CPU_SECONDS);
  }

  /** The event source mapping receives and deletes at most ten messages per request. */
  private static double requests(Counted counted, int batch) {
    return counted.accepting().sends()
        + counted.sending().sends()
        + 2 * counted.messages() / Math.min(batch, 10);
  }

  /** The part of that cost for fair queues. */
  double fair(Counted counted, int batch) {
    return requests(counted, batch) * prices.of("sqs.fair-queue.requests");
  }

  /**
   * @param waiting the seconds without processor use
   */
  private double lambda(double invocations, int megabytes, double waiting, double cpu) {
    double seconds = waiting + computing(cpu, megabytes);
    return invocations * prices.of("lambda.requests")
        + 1e6 * megabytes / 1024 * seconds * prices.of("lambda.arm64.gigabyte-second-each");
  }

  /** The duration of this processor time in a function of this size, in seconds. */
  static double computing(double cpu, int megabytes) {
    return cpu * MEGABYTES_OF_A_PROCESSOR / megabytes;
  }

  /** This model with this memory for both functions. */
  Model with(int megabytes) {
    return new Model(prices, deployed.with(megabytes), singleCpu, batchCpu, senderCpu);
  }
}

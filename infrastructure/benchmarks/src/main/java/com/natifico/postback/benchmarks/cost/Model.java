package com.natifico.postback.benchmarks.cost;

import com.natifico.postback.benchmarks.Deployed;

/**
 * From what was counted and measured to dollars.
 *
 * @param singleCpu seconds of a processor for a conversion pushed alone
 * @param batchCpu the same in batches of 100
 * @param senderCpu the same for a delivery
 */
record Model(
    Prices prices, Deployed deployed, double singleCpu, double batchCpu, double senderCpu) {
  /** Lambda gives a whole processor at so much memory, and a part of it for a part. */
  private static final double MEGABYTES_OF_A_PROCESSOR = 1769;

  /** DynamoDB's and SQS's answers in their own region. */
  private static final double DYNAMO_DB_SECONDS = 0.003;

  private static final double SQS_SECONDS = 0.008;

  /** How the sender is fed. */
  record Feed(int batch, double trackerSeconds) {}

  /** Where the money goes, per million conversions. */
  record Bill(double gateway, double accepting, double dynamoDb, double sqs, double sending) {
    double total() {
      return gateway + accepting + dynamoDb + sqs + sending;
    }
  }

  /** What conversions of this kind cost, pushed so many together. */
  Bill bill(Counted counted, int pushBatch, Feed feed) {
    double cpu = pushBatch == 1 ? singleCpu : batchCpu;
    double waiting = (DYNAMO_DB_SECONDS + SQS_SECONDS) / pushBatch;
    Counted.Consumed consumed = counted.accepting().plus(counted.sending());
    return new Bill(
        counted.httpRequests() * prices.of("http-api.requests"),
        lambda(counted.httpRequests(), deployed.conversionMegabytes(), waiting, cpu),
        consumed.writeUnits() * prices.of("dynamodb.write-units")
            + consumed.readUnits() * prices.of("dynamodb.read-units"),
        requests(counted, feed.batch()) * prices.of("sqs.requests") + fair(counted, feed.batch()),
        counted.messages() * sending(feed));
  }

  /** The sender's part, per million deliveries. */
  double sending(Feed feed) {
    return lambda(
        1.0 / feed.batch(),
        deployed.senderMegabytes(),
        (feed.trackerSeconds() + 2 * DYNAMO_DB_SECONDS) / feed.batch(),
        senderCpu);
  }

  /** The mapping receives and deletes at most ten messages with a request. */
  private static double requests(Counted counted, int batch) {
    return counted.accepting().sends()
        + counted.sending().sends()
        + 2 * counted.messages() / Math.min(batch, 10);
  }

  /** What fair queues cost of that. */
  double fair(Counted counted, int batch) {
    return requests(counted, batch) * prices.of("sqs.fair-queue.requests");
  }

  /**
   * @param waiting seconds that are not spent on the processor
   */
  private double lambda(double invocations, int megabytes, double waiting, double cpu) {
    double seconds = waiting + computing(cpu, megabytes);
    return invocations * prices.of("lambda.requests")
        + 1e6 * megabytes / 1024 * seconds * prices.of("lambda.arm64.gigabyte-second-each");
  }

  /** How long a function of this size takes for so much processor time, in seconds. */
  static double computing(double cpu, int megabytes) {
    return cpu * MEGABYTES_OF_A_PROCESSOR / megabytes;
  }

  /** The same with so much memory for both functions. */
  Model with(int megabytes) {
    return new Model(prices, deployed.with(megabytes), singleCpu, batchCpu, senderCpu);
  }
}

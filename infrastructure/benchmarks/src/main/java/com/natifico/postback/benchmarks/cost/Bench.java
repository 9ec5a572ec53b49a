package com.natifico.postback.benchmarks.cost;

import com.natifico.postback.aws.dynamodb.DynamoDbStatisticsStore;
import com.natifico.postback.aws.testing.DynamoDbEngine;
import com.natifico.postback.aws.testing.Meter;
import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.aws.testing.Pipeline;
import com.natifico.postback.aws.testing.ShiftedClock;
import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.benchmarks.cost.Counted.Consumed;
import com.natifico.postback.delivery.Attempt.Latency;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Transport;
import com.natifico.postback.delivery.Transport.Exchange;
import com.natifico.postback.statistics.CountedChange;
import com.natifico.postback.statistics.SequenceNumber;
import com.natifico.postback.statistics.Statistics;
import com.natifico.postback.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs the real code from push to record on the real engines, and counts every request. */
final class Bench {
  static final String ONE = "one";
  static final String TEN = "ten";

  private static final String AFFILIATE = "77";

  /** The number of deliveries that fail together. */
  private static final int DEAD = 100;

  /** Shorter than the minute that a run of the timer covers. */
  private static final Duration STEP = Duration.ofSeconds(55);

  private static final Latency LATENCY = new Latency(null, null, null, null, 300);
  private static final Exchange TAKEN =
      new Exchange(new AttemptResult(Outcome.DELIVERED, 200, LATENCY, "OK", null), null);
  private static final Exchange REFUSED =
      new Exchange(
          new AttemptResult(Outcome.HTTP_ERROR, 503, LATENCY, "", "The endpoint answered 503."),
          null);

  private final ShiftedClock clock = new ShiftedClock();
  private final Pipeline pipeline =
      new Pipeline(
          new SqsTestEngine(clock),
          Duration.ofDays(30),
          (_, _, _) -> new Transport.Answer(isEndpointWell() ? TAKEN : REFUSED),
          RetrySchedule.parse("1m,5m,15m,1h,4h,12h,24h"),
          clock);
  private boolean endpointIsWell = true;
  private int pushes;

  Bench() {
    pipeline.givenPostbacks(AFFILIATE, ONE, 1);
    pipeline.givenPostbacks(AFFILIATE, TEN, 10);
    push(ONE, 1);
    push(TEN, 1);
    pipeline.deliver();
  }

  private boolean isEndpointWell() {
    return endpointIsWell;
  }

  private Bill push(String offer, int batch) {
    return pipeline.push(AFFILIATE, offer, "c-" + ++pushes, batch);
  }

  /** Counts for conversions pushed together and delivered at the first attempt, per conversion. */
  Counted delivered(int batch, String offer) {
    endpointIsWell = true;
    Bill accepting = push(offer, batch);
    Pipeline.Delivered delivered = pipeline.deliver();
    return new Counted(
        1.0 / batch,
        Consumed.of(accepting, batch),
        Consumed.of(delivered.bill(), batch),
        (double) delivered.messages() / batch);
  }

  /**
   * The additional cost of one failed attempt and a later delivery, compared with a delivery at the
   * first attempt.
   */
  Additional retriedOnce() {
    push(ONE, 1);
    endpointIsWell = false;
    Pipeline.Delivered failed = pipeline.deliver();
    clock.advance(Duration.ofMinutes(2));
    endpointIsWell = true;
    Pipeline.Delivered retried = pipeline.deliver();
    Bill plain = push(ONE, 1);
    if (plain.calls("PutItem") != 1) {
      throw new IllegalStateException("not warm: " + plain);
    }
    Pipeline.Delivered delivered = pipeline.deliver();
    return new Additional(
        Consumed.of(failed.bill(), 1)
            .plus(Consumed.of(retried.bill(), 1))
            .plus(Consumed.of(delivered.bill(), 1).times(-1)),
        failed.messages() + retried.messages() - delivered.messages());
  }

  /**
   * The cost of a delivery from its first attempt to its dead-letter message, if many fail
   * together. What the timer reads in a minute without work is left out.
   */
  Additional failedForGood() {
    Consumed idle = Consumed.of(pipeline.wake(), 1);
    push(ONE, DEAD);
    endpointIsWell = false;
    Consumed consumed = new Consumed(0, 0, 0);
    int messages = 0;
    boolean waits = true;
    while (waits) {
      Pipeline.Delivered delivered = pipeline.deliver();
      consumed = consumed.plus(Consumed.of(delivered.bill(), DEAD));
      messages += delivered.messages();
      Instant next = pipeline.nextWakeUp(AFFILIATE);
      Duration rest = next == null ? STEP : Duration.between(clock.instant(), next);
      clock.advance(pipeline.hasDelayed() || rest.compareTo(STEP) < 0 ? STEP : rest);
      waits = next != null || pipeline.hasDelayed() || delivered.messages() > 0;
      if (next != null && !next.isAfter(clock.instant())) {
        Consumed run = Consumed.of(pipeline.wake(), 1).plus(idle.times(-1));
        consumed = consumed.plus(run.times(1.0 / DEAD));
      }
    }
    endpointIsWell = true;
    return new Additional(consumed, (double) messages / DEAD);
  }

  /**
   * The requests for counting one change, in a batch of changes of this number of postbacks. The
   * hour has counted a batch before.
   */
  Counting counting(int changes, int postbacks) {
    DynamoDbEngine engine = DynamoDbEngine.shared();
    Statistics statistics =
        new Statistics(
            new DynamoDbStatisticsStore(
                engine.client(), engine.createStatisticsTable(), Duration.ofDays(90)));
    count(statistics, 0, changes, postbacks);
    Bill bill = Meter.of(() -> count(statistics, changes, changes, postbacks));
    return new Counting(
        bill.writeUnits() / changes, (double) bill.calls("UpdateItem") / changes, changes);
  }

  private static void count(Statistics statistics, int from, int changes, int postbacks) {
    List<CountedChange> batch = new ArrayList<>();
    for (int i = from; i < from + changes; i++) {
      batch.add(
          CountedChange.between(
                  new SequenceNumber("44215845000000000174504" + (10_000 + i)),
                  null,
                  Samples.delivered(
                      Samples.callback(
                          Samples.event(Samples.conversion("c-" + i), Samples.NOW),
                          "p" + i % postbacks)))
              .orElseThrow());
    }
    statistics
        .count("shardId-00000001414576573621-f55eea83", batch, Bench::fail)
        .ifPresent(Bench::fail);
  }

  private static void fail(Object what) {
    throw new IllegalStateException("not counted: " + what);
  }

  /** What counting one change takes in batches of this size. */
  record Counting(double writeUnits, double writes, int batch) {}

  /** The cost in addition to a delivery that succeeds at the first attempt. */
  record Additional(Consumed consumed, double messages) {}
}

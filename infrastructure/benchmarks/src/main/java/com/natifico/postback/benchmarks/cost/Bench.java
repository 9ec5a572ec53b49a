package com.natifico.postback.benchmarks.cost;

import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.aws.testing.Pipeline;
import com.natifico.postback.aws.testing.ShiftedClock;
import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.benchmarks.cost.Counted.Consumed;
import com.natifico.postback.delivery.Attempt.Latency;
import com.natifico.postback.delivery.AttemptResult;
import com.natifico.postback.delivery.Outcome;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.delivery.Transport.Exchange;
import java.time.Duration;

/** Runs the real code from push to record on the real engines, and counts every request. */
final class Bench {
  static final String ONE = "one";
  static final String TEN = "ten";

  private static final String AFFILIATE = "77";
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
          (_, _) -> isEndpointWell() ? TAKEN : REFUSED,
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

  /** The additional cost of failing through the whole schedule, compared with the first attempt. */
  Additional failedForGood() {
    push(ONE, 1);
    endpointIsWell = false;
    Consumed consumed = new Consumed(0, 0, 0);
    int messages = 0;
    Pipeline.Delivered delivered = pipeline.deliver();
    while (delivered.messages() > 0) {
      consumed = consumed.plus(Consumed.of(delivered.bill(), 1));
      messages += delivered.messages();
      clock.advance(Duration.ofMinutes(15).plusSeconds(2));
      delivered = pipeline.deliver();
    }
    endpointIsWell = true;
    return new Additional(consumed, messages);
  }

  /** The cost in addition to a delivery that succeeds at the first attempt. */
  record Additional(Consumed consumed, int messages) {}
}

package com.natifico.postback.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.aws.testing.Pipeline;
import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.testing.ScriptedTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The cost of a conversion from push to recorded delivery, warm, as DynamoDB and SQS report it: at
 * most 2 write units, 1.5 read units and 1 send.
 */
final class ConversionBudgetTest {
  private static final String AFFILIATE = "77";
  private static final String ONE = "one";
  private static final String TEN = "ten";

  private static final Pipeline PIPELINE =
      new Pipeline(
          SqsTestEngine.shared(),
          Duration.ofHours(1),
          new ScriptedTransport(),
          RetrySchedule.parse("1m"),
          InstantSource.system());

  /** Fills the caches that survive between conversions, such as the postbacks. */
  @BeforeAll
  static void warm() {
    PIPELINE.givenPostbacks(AFFILIATE, ONE, 1);
    PIPELINE.givenPostbacks(AFFILIATE, TEN, 10);
    PIPELINE.push(AFFILIATE, ONE, "warm-1", 1);
    PIPELINE.push(AFFILIATE, TEN, "warm-2", 1);
    PIPELINE.deliver();
  }

  private static void assertBill(Bill expected, Bill accept, Bill send) {
    Map<String, Integer> calls = new TreeMap<>(accept.calls());
    send.calls().forEach((operation, count) -> calls.merge(operation, count, Integer::sum));
    assertEquals(
        expected,
        new Bill(
            calls, accept.writeUnits() + send.writeUnits(), accept.readUnits() + send.readUnits()));
  }

  @Test
  void oneCallbackCostsTwoWriteUnitsOneReadUnitAndOneSend() {
    Bill accept = PIPELINE.push(AFFILIATE, ONE, "one", 1);
    Bill send = PIPELINE.deliver().bill();

    assertBill(
        new Bill(Map.of("PutItem", 2, "GetItem", 1, "SendMessageBatch", 1), 2, 1), accept, send);
  }

  @Test
  void tenCallbacksCostOneSend() {
    Bill accept = PIPELINE.push(AFFILIATE, TEN, "ten", 1);
    Bill send = PIPELINE.deliver().bill();

    assertBill(
        new Bill(Map.of("PutItem", 11, "GetItem", 10, "SendMessageBatch", 1), 11, 10),
        accept,
        send);
  }

  @Test
  void aBatchOfAHundredCostsTenSends() {
    Bill accept = PIPELINE.push(AFFILIATE, ONE, "hundred", 100);
    Bill send = PIPELINE.deliver().bill();

    assertBill(
        new Bill(Map.of("PutItem", 200, "GetItem", 100, "SendMessageBatch", 10), 200, 100),
        accept,
        send);
  }

  @Test
  void aDuplicateOfADeliveredOneCostsOneWriteUnitAndOneRead() {
    PIPELINE.push(AFFILIATE, ONE, "repeated", 1);
    PIPELINE.deliver();

    Bill duplicate = PIPELINE.push(AFFILIATE, ONE, "repeated", 1);

    assertEquals(new Bill(Map.of("PutItem", 1, "BatchGetItem", 1), 1, 1), duplicate);
  }
}

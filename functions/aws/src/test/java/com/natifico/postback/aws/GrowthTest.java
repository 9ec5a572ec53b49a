package com.natifico.postback.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.natifico.postback.aws.testing.Meter.Bill;
import com.natifico.postback.aws.testing.Pipeline;
import com.natifico.postback.aws.testing.SqsTestEngine;
import com.natifico.postback.delivery.RetrySchedule;
import com.natifico.postback.testing.ScriptedTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A conversion makes the same calls and consumes the same capacity when there is ten times as much
 * of any other data. Nothing is cached, so that all reads are counted.
 */
final class GrowthTest {
  private static final String AFFILIATE = "77";
  private static final String OFFER = "1042";
  private static final List<Bill> USUAL = bills(2, 20, 10);

  @ParameterizedTest(name = "{0} affiliates, {1} postbacks, {2} deliveries")
  @CsvSource({"20, 20, 10", "2, 200, 10", "2, 20, 100"})
  void costIsIndependentOfOtherData(int affiliates, int postbacks, int deliveries) {
    assertEquals(USUAL, bills(affiliates, postbacks, deliveries));
  }

  /**
   * Accepts and delivers one conversion and returns what each step consumed.
   *
   * @param postbacks the number of postbacks of the affiliate's other offers; one scope holds 20
   * @param deliveries the number of rows in the affiliate's log
   */
  private static List<Bill> bills(int affiliates, int postbacks, int deliveries) {
    Pipeline pipeline =
        new Pipeline(
            SqsTestEngine.shared(),
            Duration.ZERO,
            new ScriptedTransport(),
            RetrySchedule.parse("1m"),
            InstantSource.system());
    for (int affiliate = 0; affiliate < affiliates; affiliate++) {
      String id = "other-" + affiliate;
      pipeline.givenPostbacks(id, OFFER, 1);
      pipeline.push(id, OFFER, "other", 1);
    }
    pipeline.givenPostbacks(AFFILIATE, OFFER, 1);
    for (int left = postbacks; left > 0; left -= 20) {
      pipeline.givenPostbacks(AFFILIATE, "other" + left, 20);
    }
    pipeline.push(AFFILIATE, OFFER, "log", deliveries);
    pipeline.deliver();
    return List.of(pipeline.push(AFFILIATE, OFFER, "counted", 1), pipeline.deliver().bill());
  }
}

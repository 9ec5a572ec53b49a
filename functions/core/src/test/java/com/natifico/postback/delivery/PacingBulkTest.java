package com.natifico.postback.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.postback.MaxRate;
import com.natifico.postback.postback.PostbackSettings;
import com.natifico.postback.postback.SendingSettings;
import com.natifico.postback.testing.BulkApproval;
import com.natifico.postback.testing.BulkApproval.Report;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A bulk approval for a tracker that takes 50 requests a second. The benchmark {@code pace} has the
 * figures of 50,000 callbacks; here there are fewer, so that the ordinary build can run it.
 */
final class PacingBulkTest {
  private static final int CALLBACKS = 15_000;
  private static final int TAKEN = 50;

  private static Report run(
      int callbacks, boolean retryAfter, UnaryOperator<PostbackSettings> settings) {
    return new BulkApproval(callbacks, 1_000, TAKEN, retryAfter, settings, Duration.ofMinutes(1))
        .run();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void drainsWhatTheTrackerTakesWithFewRefusals(boolean retryAfter) {
    Report report = run(CALLBACKS, retryAfter, usual -> usual);

    assertEquals(CALLBACKS, report.delivered());
    assertTrue(report.deliveredPerSecond(0.95) >= 0.8 * TAKEN, "drains: " + report.summary());
    // Nearly all of them are refused in the first seconds, whatever the size of the bulk.
    assertTrue(report.refused() <= 0.02 * 50_000, "is refused: " + report.summary());
    assertEquals(
        CALLBACKS + report.refused(),
        report.attempts(),
        "waiting does not count as an attempt: " + report.summary());
  }

  @Test
  void doesNotDelayTheOthers() {
    Report alone = run(0, false, usual -> usual);
    Report beside = run(CALLBACKS, false, usual -> usual);

    assertTrue(beside.others(0.5) <= 1.1 * alone.others(0.5), beside.summary());
    assertTrue(beside.others(0.99) <= 1.1 * alone.others(0.99), beside.summary());
  }

  @Test
  void neverExceedsTheLimitOfTheOwner() {
    Report report =
        run(
            2_000,
            false,
            usual ->
                usual.withSending(
                    SendingSettings.USUAL.withMaxRate(new MaxRate(new BigDecimal("20")))));

    assertEquals(2_000, report.delivered());
    assertEquals(0, report.refused());
    assertTrue(report.deliveredPerSecond(0.95) >= 0.9 * 20, report.summary());
    List<Instant> sentAt = report.sentAt();
    for (int from = 0; from + 100 < sentAt.size(); from++) {
      Duration took = Duration.between(sentAt.get(from), sentAt.get(from + 100));
      assertTrue(took.toMillis() >= 4_000, "100 requests in " + took);
    }
  }
}

package com.natifico.postback.benchmarks.pace;

import com.natifico.postback.benchmarks.Figure;
import com.natifico.postback.testing.BulkApproval;
import com.natifico.postback.testing.BulkApproval.Report;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A bulk approval of 50,000 conversions for a tracker that takes 50 requests a second. All times
 * are those of a virtual clock, so the figures do not depend on the machine.
 */
public final class PaceOfABulk {
  private static final int CALLBACKS = Integer.getInteger("callbacks", 50_000);
  private static final int ACCEPTED_PER_SECOND = 1_000;
  private static final int TAKEN_PER_SECOND = 50;

  /** Nearly all: the few that are refused twice wait for the retry schedule. */
  private static final double SHARE = 0.99;

  private PaceOfABulk() {}

  /** See {@code Benchmark}. */
  public static List<Figure> run(Path root, PrintStream out) {
    Report alone = run(0, false);
    Report beside = run(CALLBACKS, false);
    Report asked = run(CALLBACKS, true);
    out.println("without the bulk:        " + alone.summary());
    out.println("beside it:               " + beside.summary());
    out.println("beside it, Retry-After:  " + asked.summary());
    return List.of(
        new Figure(
            "pace.time_for_each",
            1_000 / beside.deliveredPerSecond(SHARE),
            "ms",
            1_000.0 / TAKEN_PER_SECOND,
            1 / 0.8),
        new Figure("pace.refused", 100 * beside.shareRefused(), "%", 2, 1),
        new Figure("pace.others_p50", beside.others(0.5), "ms", alone.others(0.5), 1.1),
        new Figure("pace.others_p99", beside.others(0.99), "ms", alone.others(0.99), 1.1));
  }

  private static Report run(int callbacks, boolean retryAfter) {
    return new BulkApproval(
            callbacks,
            ACCEPTED_PER_SECOND,
            TAKEN_PER_SECOND,
            retryAfter,
            usual -> usual,
            Duration.ofMinutes(5))
        .run();
  }
}

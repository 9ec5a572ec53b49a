package com.natifico.postback.endtoend.kills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.natifico.postback.delivery.DeliveryState;
import com.natifico.postback.endtoend.kills.KillTrackers.Seen;
import com.natifico.postback.endtoend.kills.Load.Promised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A small run of {@link Kills}: messages become visible again after 5 s instead of 45, and no
 * endpoint hangs, because an attempt to it takes 10 s.
 */
@Execution(ExecutionMode.CONCURRENT)
final class KillsTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  @TempDir private Path directory;

  @Test
  void accountsForEveryConversionAfterTwoKills() throws Exception {
    Plan plan =
        new Plan(
            impatient(),
            directory,
            300,
            20,
            2,
            false,
            "EgressAllow=127.0.0.0/8 RetrySchedule=1s,1s SenderMaximumConcurrency=4"
                + " RetryMaximumConcurrency=4",
            42,
            Duration.ofMinutes(2));
    try (Kills kills = new Kills(plan)) {
      KillVerdict verdict = kills.run();
      assertEquals(List.of(), verdict.lost());
      assertEquals(300, verdict.ended().values().stream().mapToInt(Integer::intValue).sum());
      assertEquals(285, verdict.count(DeliveryState.DELIVERED));
    }
  }

  /** A copy of this project whose queues make a message visible again after 5 s. */
  private Path impatient() throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    String template = Files.readString(ROOT.resolve("template.yaml"));
    String changed = template.replace("VisibilityTimeout: 45", "VisibilityTimeout: 5");
    assertNotEquals(template, changed);
    Files.writeString(
        root.resolve("template.yaml"),
        changed.replace("CodeUri: functions", "CodeUri: " + ROOT.resolve("functions")));
    return root;
  }

  @ParameterizedTest
  @CsvSource({
    "DELIVERED, 1, 1, WELL, 0",
    "DELIVERED, 2, 2, WELL, 0",
    "DELIVERED, 1, 0, WELL, 1",
    "RETRYING, 1, 0, RECOVERING, 1",
    "PENDING, 1, 1, WELL, 1",
    "FAILED, 3, 0, WELL, 1",
    "FAILED, 3, 1, HANGING, 1",
    "HELD, 0, 0, GONE, 0",
    "HELD, 0, 0, RECOVERING, 1",
  })
  void holdsTheLogAgainstWhatTheTrackersSaw(
      DeliveryState state, int requests, int taken, Behaviour endpoint, int lost) {
    KillVerdict verdict =
        KillVerdict.of(
            Map.of("d", new Promised("a", 0)),
            Map.of("d", state),
            Map.of("d", new Seen(requests, taken)),
            List.of(endpoint));
    assertEquals(lost, verdict.lost().size(), verdict.lost().toString());
    assertEquals(Math.max(0, taken - 1), verdict.duplicates());
  }

  @Test
  void reportsACallbackWithoutARowAsLost() {
    KillVerdict verdict =
        KillVerdict.of(
            Map.of("d", new Promised("a", 0)), Map.of(), Map.of(), List.of(Behaviour.WELL));
    assertTrue(verdict.lost().getFirst().endsWith("no row in the log"));
  }

  @Test
  void reportsACallbackWithoutAPromise() {
    KillVerdict verdict =
        KillVerdict.of(Map.of(), Map.of(), Map.of("d", new Seen(1, 1)), List.of(Behaviour.WELL));
    assertEquals(1, verdict.lost().size());
  }
}

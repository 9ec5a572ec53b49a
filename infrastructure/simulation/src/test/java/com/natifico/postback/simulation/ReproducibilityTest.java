package com.natifico.postback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each seed produces the same run every time, to the last step. */
final class ReproducibilityTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 13, 625, 1704, 9772})
  void producesTheSameTraceTwice(long seed) {
    List<String> trace = Seeded.run(seed, Wiring.DEPLOYED, true).trace();
    assertNotEquals(List.of(), trace);
    assertEquals(trace, Seeded.run(seed, Wiring.DEPLOYED, true).trace());
  }

  @Test
  void runsTheSameStepsWithAndWithoutATrace() {
    assertEquals(
        Seeded.run(13, Wiring.DEPLOYED, true).steps(),
        Seeded.run(13, Wiring.DEPLOYED, false).steps());
  }

  /** The iteration order of Java's unordered collections differs between processes. */
  @Test
  void producesTheSameTraceInAnotherProcess() throws IOException, InterruptedException {
    List<String> trace = new ArrayList<>(Seeded.run(13, Wiring.DEPLOYED, true).trace());
    assertEquals(trace, traceOfAnotherProcess(13).subList(0, trace.size()));
  }

  private static List<String> traceOfAnotherProcess(long seed)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dseed=" + seed,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Simulation.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, process.waitFor(), () -> String.join("\n", lines));
    return lines;
  }
}

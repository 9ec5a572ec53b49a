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

/** A seed is a run: the same one every time, to the last step. */
final class ReproducibilityTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 13, 625, 1704, 9772})
  void tellsTheSameStoryTwice(long seed) {
    List<String> story = Seeded.run(seed, Wiring.RIGHT, true).story();
    assertNotEquals(List.of(), story);
    assertEquals(story, Seeded.run(seed, Wiring.RIGHT, true).story());
  }

  @Test
  void runsTheSameStepsWhetherTheStoryIsToldOrNot() {
    assertEquals(
        Seeded.run(13, Wiring.RIGHT, true).steps(), Seeded.run(13, Wiring.RIGHT, false).steps());
  }

  /** Java's unordered collections have another order in every process. */
  @Test
  void tellsTheSameStoryInAnotherProcess() throws IOException, InterruptedException {
    List<String> story = new ArrayList<>(Seeded.run(13, Wiring.RIGHT, true).story());
    assertEquals(story, toldByAnotherProcess(13).subList(0, story.size()));
  }

  private static List<String> toldByAnotherProcess(long seed)
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

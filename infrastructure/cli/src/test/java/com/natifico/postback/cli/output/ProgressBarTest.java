package com.natifico.postback.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void isDrawnInOneLineAndRemoved() {
    try (ProgressBar bar = new ProgressBar(err, true)) {
      bar.at(15, 30);
      bar.at("so far");
    }
    assertEquals(
        "\r\033[K[" + "#".repeat(15) + " ".repeat(15) + "] 15 of 30\r\033[Kso far\r\033[K",
        printed.toString(StandardCharsets.UTF_8));
  }

  @Test
  void isNotDrawnIntoAFile() {
    try (ProgressBar bar = new ProgressBar(err, false)) {
      bar.at(1, 2);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }
}

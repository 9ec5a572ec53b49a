package com.natifico.postback.benchmarks.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** On every machine the same, so it fails wherever something grew. */
final class RegressionTest {
  @Test
  void nothingGrewUnnoticed() throws IOException {
    assertEquals("", Regression.complaint(Path.of(System.getProperty("project.root"))));
  }
}

package com.natifico.postback.endtoend.kills;

import com.natifico.postback.cli.PostbackCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the operators' reconciliation as a final check. */
final class Operators {
  /** The local stack's tables have no price. */
  private static final String UNITS_PER_SECOND = "5000";

  private static final Pattern COUNTS =
      Pattern.compile("affiliate .* accepted ([0-9]+) .* waiting 0 missing 0 differences 0");

  private final URI dynamoDb;

  Operators(URI dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  /**
   * The faults that the reconciliation reports.
   *
   * @param callbacks the number of callbacks that it must count
   */
  List<String> faults(Collection<String> affiliates, LocalDate from, LocalDate to, int callbacks)
      throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>();
    int counted = 0;
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      Process process = start(String.join(",", affiliates), day);
      try (BufferedReader lines = process.inputReader()) {
        for (String line : lines.lines().toList()) {
          System.out.println(line);
          Matcher counts = COUNTS.matcher(line);
          if (counts.matches()) {
            counted += Integer.parseInt(counts.group(1));
          } else if (!line.startsWith("read ")) {
            faults.add(line.strip());
          }
        }
      }
      int status = process.waitFor();
      if (status != 0) {
        faults.add("the reconciliation of " + day + " ended with " + status);
      }
    }
    if (counted != callbacks) {
      faults.add("the reconciliation counts " + counted + " callbacks, not " + callbacks);
    }
    return faults;
  }

  private Process start(String affiliates, LocalDate day) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-classpath",
            System.getProperty("java.class.path"),
            PostbackCommand.class.getName(),
            "reconcile",
            affiliates,
            day.toString(),
            "--read-units",
            UNITS_PER_SECOND);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamoDb.toString(),
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                "local",
                "AWS_SECRET_ACCESS_KEY",
                "local"));
    return builder.redirectErrorStream(true).start();
  }
}

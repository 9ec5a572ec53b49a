package com.natifico.postback.cli;

import com.natifico.postback.cli.api.UsageProblem;
import com.natifico.postback.cli.api.WaitTime;
import com.natifico.postback.cli.output.ProgressBar;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command uses of the process and the machine.
 *
 * @param environment the environment variables
 * @param isTerminal whether a person looks at a terminal, who is shown progress
 */
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean isTerminal,
    InstantSource clock,
    WaitTime pause) {
  private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  ProgressBar progress() {
    return new ProgressBar(err, isTerminal);
  }

  /**
   * A point in time as an option has it: an instant, a day in UTC, or how long ago it was, such as
   * {@code 90m}, {@code 24h} or {@code 7d}.
   *
   * @throws UsageProblem if it is none of these
   */
  Instant time(String text) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return clock.instant().minus(duration(text));
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UsageProblem(
          "%s is not a time: give it like 2026-11-02T14:00:00Z, 2026-11-02 (UTC), 90m, 24h or 7d"
              .formatted(text));
    }
  }

  /**
   * A length of time as an option has it, such as {@code 30s} or {@code 24h}.
   *
   * @throws UsageProblem if it is not one
   */
  static Duration duration(String text) {
    Matcher matcher = AGO.matcher(text);
    if (!matcher.matches()) {
      throw new UsageProblem(
          "%s is not a length of time: give it like 30s, 90m or 24h".formatted(text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}

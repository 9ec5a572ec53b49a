package com.natifico.postback.simulation;

import com.natifico.postback.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A readable trace of a run; recorded only on request, because it costs more than the run. */
final class RunTrace {
  private final SettableClock clock;
  private final Instant start;
  private final @Nullable List<String> lines;

  private RunTrace(SettableClock clock, @Nullable List<String> lines) {
    this.clock = clock;
    this.start = clock.instant();
    this.lines = lines;
  }

  static RunTrace recording(SettableClock clock) {
    return new RunTrace(clock, new ArrayList<>());
  }

  static RunTrace disabled(SettableClock clock) {
    return new RunTrace(clock, null);
  }

  void add(Object who, Supplier<String> what) {
    if (lines != null) {
      lines.add("%14s  %-14s %s".formatted(time(), who, what.get()));
    }
  }

  /** The time since the start: days, hours, minutes, seconds and milliseconds. */
  private String time() {
    Duration since = Duration.between(start, clock.instant());
    String ofDay =
        "%02d:%02d:%02d.%03d"
            .formatted(
                since.toHoursPart(),
                since.toMinutesPart(),
                since.toSecondsPart(),
                since.toMillisPart());
    return since.toDays() == 0 ? ofDay : since.toDays() + "d " + ofDay;
  }

  /** A line for each event; empty unless recorded. */
  List<String> lines() {
    return lines == null ? List.of() : List.copyOf(lines);
  }
}

package com.natifico.postback.simulation;

import com.natifico.postback.delivery.RetrySchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A deployed version of the functions. During an upgrade both are invoked, each with a memory of
 * its own and with its own parameters. Their code is the same: that each reads what the other one
 * writes is tested on recorded messages and items.
 */
enum Version {
  RUNNING,
  /** Waits twice as long before each retry. */
  NEXT;

  /** The version that an invocation reaches now. */
  static Version invoked(Conditions conditions, Instant now, RandomGenerator random) {
    Window upgrade = conditions.window(Outage.UPGRADING);
    if (!upgrade.length().isPositive() || now.isBefore(upgrade.from())) {
      return RUNNING;
    }
    return upgrade.covers(now) && random.nextBoolean() ? RUNNING : NEXT;
  }

  /**
   * The schedule of this version.
   *
   * @param percent how long the next version waits, in percent of the running one
   */
  RetrySchedule schedule(RetrySchedule running, int percent) {
    return switch (this) {
      case RUNNING -> running;
      case NEXT ->
          RetrySchedule.parse(
              running.waits().stream()
                  .map(wait -> wait.multipliedBy(percent).dividedBy(100))
                  .map(Duration::toSeconds)
                  .map(seconds -> Math.max(seconds, 1) + "s")
                  .collect(Collectors.joining(",")));
    };
  }
}

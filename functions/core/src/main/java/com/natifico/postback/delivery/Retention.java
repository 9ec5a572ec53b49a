package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * How long a delivery's row is kept. A row outlives its work: as long as an attempt is due, a
 * message about it can be on a queue, or its result is new, it is kept, however old it is.
 *
 * @param period after its creation
 */
public record Retention(Duration period) {
  /** Longer than the 14 days that any of the queues keeps a message (template.yaml). */
  static final Duration AFTER_LAST_USE = Duration.ofDays(16);

  /** When the row may be deleted. */
  public Instant expiry(Delivery row) {
    Instant created = row.callback().createdAt();
    Attempt last = row.history().last();
    Instant lastUse =
        Stream.of(row.nextAttemptAt(), row.leasedUntil(), last == null ? null : last.endedAt())
            .flatMap(Stream::ofNullable)
            .max(Instant::compareTo)
            .orElse(created);
    Instant byAge = created.plus(period);
    Instant byUse = lastUse.plus(AFTER_LAST_USE);
    return lastUse.equals(created) || byAge.isAfter(byUse) ? byAge : byUse;
  }
}

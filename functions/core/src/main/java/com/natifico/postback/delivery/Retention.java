package com.natifico.postback.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * How long a delivery's row is kept. Regardless of its age, a row is kept while an attempt is due,
 * while a queue may hold a message about it, and while its result is recent.
 *
 * @param period after its creation
 */
public record Retention(Duration period) {
  /** More than 14 days, the maximum time that the queues of template.yaml keep a message. */
  static final Duration AFTER_LAST_USE = Duration.ofDays(16);

  /** When the row may be deleted. */
  public Instant expiry(Delivery row) {
    Attempt last = row.history().last();
    Instant byAge = row.callback().createdAt().plus(period);
    return Stream.of(row.nextAttemptAt(), row.leasedUntil(), last == null ? null : last.endedAt())
        .flatMap(Stream::ofNullable)
        .map(use -> use.plus(AFTER_LAST_USE))
        .reduce(byAge, (one, other) -> one.isAfter(other) ? one : other);
  }
}

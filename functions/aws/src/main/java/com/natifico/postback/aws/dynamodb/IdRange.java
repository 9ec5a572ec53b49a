package com.natifico.postback.aws.dynamodb;

import com.natifico.postback.conversion.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A period as bounds of the ids that begin with their time.
 *
 * @param since inclusive; null for no bound
 * @param until exclusive; null for no bound
 */
record IdRange(@Nullable Instant since, @Nullable Instant until) {
  /** These sort before and after every id, because no id contains these characters. */
  private static final String LOWEST = "!";

  private static final String HIGHEST = "~";

  /** Ids contain their time in 45 bits. */
  private static final Instant LAST_TIME = Instant.ofEpochMilli((1L << 45) - 1);

  /** Sorts before every id of the period and equals none of them. */
  String low() {
    return since == null ? LOWEST : prefix(since);
  }

  /** Sorts after every id of the period and equals none of them. */
  String high() {
    return until == null ? HIGHEST : prefix(until);
  }

  /** DynamoDB rejects a query with such bounds. */
  boolean isEmpty() {
    return low().compareTo(high()) >= 0;
  }

  /**
   * Sorts before the ids of this time or later and after those of an earlier time. Ids have
   * millisecond precision, so a fraction of a millisecond is rounded up.
   */
  private static String prefix(Instant bound) {
    if (bound.isAfter(LAST_TIME)) {
      return HIGHEST;
    }
    if (!bound.isAfter(Instant.EPOCH)) {
      return LOWEST;
    }
    Instant floor = Instant.ofEpochMilli(bound.toEpochMilli());
    return EventId.timePrefix(floor.isBefore(bound) ? floor.plusMillis(1) : floor);
  }
}

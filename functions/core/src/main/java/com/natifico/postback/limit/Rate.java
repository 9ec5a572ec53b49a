package com.natifico.postback.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket. Its state is one time, at which it is full again: each request moves that time on
 * by the interval, and a request is refused if the time is too far away. This is the generic cell
 * rate algorithm of ITU-T I.371, annex A, in its form of virtual scheduling.
 *
 * @param interval the time in which one token is added
 * @param burst the number of tokens of a full bucket
 */
public record Rate(Duration interval, int burst) {
  /** How far away the time at which the bucket is full may be for a request to be granted. */
  public Duration tolerance() {
    return interval.multipliedBy(burst - 1L);
  }

  /**
   * The time until a request is granted; zero or negative if it is granted now.
   *
   * @param fullAt the time at which the bucket is full
   */
  public Duration waitAt(Instant now, Instant fullAt) {
    return Duration.between(now, fullAt).minus(tolerance());
  }

  /** The time at which the bucket is full after a request was granted. */
  public Instant fullAfter(Instant now, Instant fullAt) {
    return (fullAt.isAfter(now) ? fullAt : now).plus(interval);
  }
}

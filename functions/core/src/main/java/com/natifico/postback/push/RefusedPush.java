package com.natifico.postback.push;

import com.natifico.postback.Ids;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * A stored refusal.
 *
 * @param id its place in the order of time, unique among all keys
 * @param keyId the key that it was pushed with
 */
public record RefusedPush(String id, String keyId, Refusal refusal) {
  private static final int TIME_DIGITS = 9;
  private static final int RANDOM_DIGITS = 8;
  private static final long LATEST = (1L << (5 * TIME_DIGITS)) - 1;

  /** A refusal at this time, to the millisecond. */
  static RefusedPush at(Instant time, RandomGenerator random, String keyId, Refusal refusal) {
    return new RefusedPush(
        positionOf(time) + "-" + Ids.random(random, RANDOM_DIGITS), keyId, refusal);
  }

  /** When it was refused. */
  public Instant at() {
    return Instant.ofEpochMilli(Ids.decode(id.substring(0, TIME_DIGITS)));
  }

  /**
   * What the ids of all refusals from this time on are greater than, and those before are not. As
   * text, it sorts as the times do; the time is taken to the millisecond, rounded up.
   */
  public static String positionOf(Instant time) {
    Instant last = Instant.ofEpochMilli(LATEST);
    if (time.isBefore(Instant.EPOCH)) {
      return Ids.encode(0, TIME_DIGITS);
    }
    return Ids.encode(
        time.isBefore(last) ? time.plusNanos(999_999).toEpochMilli() : LATEST, TIME_DIGITS);
  }
}

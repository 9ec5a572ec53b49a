package com.natifico.postback.limit;

import com.natifico.postback.Words;
import java.time.Duration;

/**
 * The requests that are counted for each affiliate, whatever key they are made with, because each
 * of them occupies a function for seconds, writes thousands of rows or causes requests to a
 * tracker.
 */
public enum LimitedCall {
  TEST_CONVERSION(new Rate(Duration.ofSeconds(1), 10), "test conversions", "1 a second"),
  RESEND(new Rate(Duration.ofMillis(100), 10), "resends of single deliveries", "10 a second"),
  BULK_RESEND(new Rate(Duration.ofMinutes(1), 5), "resends of a period", "1 a minute"),
  BACKFILL(new Rate(Duration.ofMinutes(1), 5), "back-fills", "1 a minute");

  @SuppressWarnings("ImmutableEnumChecker") // A record of a duration and a number.
  private final Rate rate;

  private final String plural;
  private final String pace;

  LimitedCall(Rate rate, String plural, String pace) {
    this.rate = rate;
    this.plural = plural;
    this.pace = pace;
  }

  /** The limit for one affiliate. */
  public Rate rate() {
    return rate;
  }

  /** The word in the store. */
  public String word() {
    return Words.word(this);
  }

  /** The limit in words, for the caller. */
  public String description() {
    return "An affiliate may send " + plural + " " + pace + ", and " + rate.burst() + " at once";
  }
}

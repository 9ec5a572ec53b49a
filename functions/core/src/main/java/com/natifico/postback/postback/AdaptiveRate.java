package com.natifico.postback.postback;

import java.time.Duration;
import java.time.Instant;

/**
 * The rate of requests that an endpoint is believed to take, after it has refused some as too many.
 * It increases by itself, so that an increase costs no write: it doubles until the next refusal if
 * nothing is known of the endpoint, and after that it increases by a constant amount a second. Each
 * refusal decreases it by a factor (AIMD, as in RFC 5681).
 *
 * @param base the rate at {@code since}, in thousandths of a request a second
 * @param ceiling the rate at which the endpoint refused, in the same unit; 0 while it doubles
 * @param since when it was decreased
 */
public record AdaptiveRate(long base, long ceiling, Instant since) {
  /** Nearly every endpoint takes 5 requests a second, and a thousand is reached in 23 seconds. */
  static final long START = 5_000;

  private static final double DOUBLED_AFTER_S = 3;

  /** The decrease is made up for after this time. Twice as fast doubles the share of refusals. */
  private static final double RECOVERED_AFTER_S = 30;

  private static final double DECREASE = 0.85;

  /** Doubling has gone beyond what the endpoint takes by about this factor. */
  private static final double DECREASE_AFTER_DOUBLING = 0.5;

  /** How much a rate may exceed what was used on average, when it is said to have been refused. */
  private static final double UNUSED = 1.5;

  private static final double UNUSED_AFTER_DOUBLING = 4;

  static final long MIN = 50;
  private static final long MAX = 10_000_000;

  /**
   * Requests that were sent before this time has passed may have been let through by the previous
   * rate.
   */
  private static final Duration TAKES_EFFECT_AFTER = Duration.ofSeconds(2);

  /** A rate ends after this time without a refusal. */
  private static final Duration KEPT_FOR = Duration.ofMinutes(10);

  /** The first rate of an endpoint that has refused a request. */
  static AdaptiveRate startedAt(Instant now) {
    return new AdaptiveRate(START, 0, now);
  }

  boolean isDoubling() {
    return ceiling == 0;
  }

  /** When it ends, unless the endpoint refuses a request before that. */
  public Instant endsAt() {
    return since.plus(KEPT_FOR);
  }

  boolean isOver(Instant now) {
    return !now.isBefore(endsAt());
  }

  /** Requests a second at this time. */
  public double at(Instant now) {
    double seconds = Math.max(0, seconds(since, now));
    double rate =
        isDoubling()
            ? base * Math.pow(2, Math.min(30, seconds / DOUBLED_AFTER_S))
            : base + (ceiling - base) * seconds / RECOVERED_AFTER_S;
    return Math.min(rate, MAX) / 1_000;
  }

  /** Requests a second that are expected later on, to estimate when a callback has its turn. */
  double expected(Instant now) {
    return Math.max(at(now), ceiling / 1_000.0);
  }

  /** Whether a refusal of a request that was sent at this time means that the rate is too high. */
  boolean isRefused(Instant sentAt) {
    return !sentAt.isBefore(since.plus(TAKES_EFFECT_AFTER));
  }

  /**
   * The rate after a refusal.
   *
   * @param used the number of requests since the last decrease: a rate that was not used up says
   *     nothing about the endpoint
   * @param floor the rate below which it is not decreased, in thousandths of a request a second
   */
  AdaptiveRate decreased(long used, long floor, Instant now) {
    double average = used / Math.max(1, seconds(since, now));
    double refused = Math.min(at(now), average * (isDoubling() ? UNUSED_AFTER_DOUBLING : UNUSED));
    double decreased = refused * (isDoubling() ? DECREASE_AFTER_DOUBLING : DECREASE);
    long least = Math.max(MIN, Math.min(floor, Math.round(at(now) * 1_000)));
    long next = Math.max(least, Math.round(decreased * 1_000));
    return new AdaptiveRate(next, Math.max(next + 1, Math.round(refused * 1_000)), now);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}

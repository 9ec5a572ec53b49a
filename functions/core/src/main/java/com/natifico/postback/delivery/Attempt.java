package com.natifico.postback.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of a delivery, as the log stores it.
 *
 * @param number from 1
 * @param at when it started
 * @param forcedWebhookId its {@code webhook-id}; null if this was the delivery's id, as usual
 */
public record Attempt(
    int number, Instant at, AttemptResult result, @Nullable String forcedWebhookId) {
  /** With the delivery's id as {@code webhook-id}. */
  public Attempt(int number, Instant at, AttemptResult result) {
    this(number, at, result, null);
  }

  public Outcome outcome() {
    return result.outcome();
  }

  public @Nullable Integer httpStatus() {
    return result.httpStatus();
  }

  public Latency latency() {
    return result.latency();
  }

  Instant endedAt() {
    return at.plusMillis(latency().totalMs());
  }

  /**
   * The duration of each stage of an attempt, in milliseconds; null for a stage that was not
   * reached, or that a kept-alive connection made unnecessary.
   */
  public record Latency(
      @Nullable Integer dnsMs,
      @Nullable Integer connectMs,
      @Nullable Integer tlsMs,
      @Nullable Integer firstByteMs,
      int totalMs) {
    public static Latency ofTotal(int totalMs) {
      return new Latency(null, null, null, null, totalMs);
    }
  }
}
